package dev.outgrow.importer.plan;

import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.ViewMapping;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing an import does in PostgreSQL, with the SQL it does it with.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public sealed interface Step {

  /** Returns the part of the import it belongs to. */
  Phase phase();

  /** Returns what it does, as a phrase. */
  String title();

  /** Returns its statements, without semicolons. */
  List<String> sql();

  /** Returns the tables it works on, where it matters what else is done at the same time. */
  default Touches touches() {
    return Touches.UNKNOWN;
  }

  /**
   * Runs statements.
   *
   * @param phase the part of the import it belongs to
   * @param title what it does
   * @param sql the statements
   * @param touches the tables it works on
   */
  record Execute(Phase phase, String title, List<String> sql, Touches touches) implements Step {
    /** Copies the list. */
    public Execute {
      sql = List.copyOf(sql);
    }

    /** Makes one of which nobody knows the tables. */
    public Execute(Phase phase, String title, List<String> sql) {
      this(phase, title, sql, Touches.UNKNOWN);
    }
  }

  /**
   * Makes something that the rows do not depend on. Where PostgreSQL refuses it, because the rows
   * break it or it cannot hold it, the import goes on without it and names it.
   *
   * @param phase the part of the import it belongs to
   * @param title what it does
   * @param statement the statement
   * @param otherwise what is not carried if the statement is refused
   * @param touches the tables it works on
   */
  record Attempt(Phase phase, String title, String statement, NotCarried otherwise, Touches touches)
      implements Step {
    /** Makes one of which nobody knows the tables. */
    public Attempt(Phase phase, String title, String statement, NotCarried otherwise) {
      this(phase, title, statement, otherwise, Touches.UNKNOWN);
    }

    /** Returns what is not carried, with the server's reason. */
    public NotCarried refusedFor(String why) {
      return new NotCarried(otherwise.kind(), otherwise.name(), otherwise.reason() + ": " + why);
    }

    @Override
    public List<String> sql() {
      return List.of(statement);
    }
  }

  /**
   * Makes a table. Columns that PostgreSQL refuses to compute, or computes otherwise than SQLite,
   * become plain columns and are named.
   *
   * @param table the table
   * @param statement the statement
   */
  record Create(TableMapping table, String statement) implements Step {
    @Override
    public Phase phase() {
      return Phase.PREPARE;
    }

    @Override
    public String title() {
      return "Make table " + table.target();
    }

    @Override
    public List<String> sql() {
      return List.of(statement);
    }
  }

  /**
   * Has the server take the blobs of a table that is still empty as they are, because compressing
   * them would gain little.
   *
   * @param table the table
   * @param sql the statements
   */
  record StorePlain(TableMapping table, List<String> sql) implements Step {
    /** Copies the list. */
    public StorePlain {
      sql = List.copyOf(sql);
    }

    @Override
    public Phase phase() {
      return Phase.LOAD;
    }

    @Override
    public String title() {
      return "Take the blobs of " + table.source() + " as they are";
    }
  }

  /**
   * Copies the rows of a table.
   *
   * @param table the table
   * @param statement the COPY statement
   */
  record Load(TableMapping table, String statement) implements Step {
    @Override
    public Phase phase() {
      return Phase.LOAD;
    }

    @Override
    public String title() {
      return "Copy " + table.rows() + " rows of " + table.source();
    }

    @Override
    public List<String> sql() {
      return List.of(statement);
    }
  }

  /**
   * Keeps the rows that cannot be carried, with every raw value.
   *
   * @param sql the statements that make the tables for them, then the one that keeps a row
   */
  record KeepRejects(List<String> sql) implements Step {
    /** Copies the list. */
    public KeepRejects {
      sql = List.copyOf(sql);
    }

    @Override
    public Phase phase() {
      return Phase.LOAD;
    }

    @Override
    public String title() {
      return "Keep rejected rows";
    }
  }

  /**
   * Reads a table back and compares it with the source.
   *
   * @param table the table
   * @param statement the COPY statement
   */
  record Verify(TableMapping table, String statement) implements Step {
    @Override
    public Phase phase() {
      return Phase.VERIFY;
    }

    @Override
    public String title() {
      return "Read back and compare " + table.rows() + " rows of " + table.source();
    }

    @Override
    public List<String> sql() {
      return List.of(statement);
    }
  }

  /**
   * Compares what a view answers on both sides. One that answers something else is dropped.
   *
   * @param view the view
   * @param statement the COPY statement
   */
  record Compare(ViewMapping view, String statement) implements Step {
    @Override
    public Phase phase() {
      return Phase.VERIFY;
    }

    @Override
    public String title() {
      return "Compare what view " + view.source() + " answers";
    }

    @Override
    public List<String> sql() {
      return List.of(statement);
    }
  }

  /**
   * Puts the loaded tables in the target's place, in one transaction. What the target holds is
   * looked at again then.
   *
   * @param sql the statements, as the target is now
   */
  record Swap(List<String> sql) implements Step {
    /** Copies the list. */
    public Swap {
      sql = List.copyOf(sql);
    }

    @Override
    public Phase phase() {
      return Phase.SWAP;
    }

    @Override
    public String title() {
      return "Swap, in one transaction";
    }
  }

  /**
   * Asks the server about the staged rows. Whatever is wrong with them is told in one go, and
   * nothing that was there before has been touched.
   *
   * @param values what is asked of their values
   * @param references what is asked of their references, where their values are taken
   */
  record Examine(List<Question> values, List<Question> references) implements Step {
    /** Copies the lists. */
    public Examine {
      values = List.copyOf(values);
      references = List.copyOf(references);
    }

    @Override
    public Phase phase() {
      return Phase.REFERENCE;
    }

    @Override
    public String title() {
      return "See that the tables that are there take every staged row";
    }

    @Override
    public List<String> sql() {
      return Stream.concat(values.stream(), references.stream()).map(Question::count).toList();
    }
  }

  /**
   * Brings the staged rows into the tables that are there and compares these with the source, in
   * one transaction. The tables are looked at again then.
   *
   * @param mapping what goes where
   * @param sql the statements, as the target is now
   */
  record Transfer(ExistingMapping mapping, List<String> sql) implements Step {
    /** Copies the list. */
    public Transfer {
      sql = List.copyOf(sql);
    }

    @Override
    public Phase phase() {
      return Phase.SWAP;
    }

    @Override
    public String title() {
      return "Bring the rows into the tables that are there and compare them, in one transaction";
    }
  }
}
