package dev.outgrow.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that breaks a rule of its table. It says which rule, as far as that is known for certain;
 * what is not known is null or empty, never guessed.
 *
 * <p>SQLite does not say which foreign key a statement broke; which one a commit broke is known
 * where the rows in question are all of one key.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class ConstraintException extends StatementException {
  private static final long serialVersionUID = 1L;

  /** What kind of rule it is. */
  public enum Kind {
    /** A primary key, a unique constraint or a unique index. */
    UNIQUE("unique key"),
    /** A foreign key, of the row that refers or of the one referred to. */
    FOREIGN_KEY("foreign key"),
    /** A column that must not be null. */
    NOT_NULL("NOT NULL"),
    /** A condition. */
    CHECK("check"),
    /** Of two rows that must not go together; PostgreSQL alone has it. */
    EXCLUSION("exclusion constraint"),
    /** Another one: of a virtual table, or raised by a trigger. */
    OTHER("constraint");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Returns what it is called in a sentence. */
    public String words() {
      return words;
    }
  }

  /**
   * The rule that was broken.
   *
   * <p><em>Immutable.</em>
   *
   * @param kind what kind it is
   * @param schema the schema of its table, or null where that is not known or there is none
   * @param table the table that has it, or null where that is not known
   * @param columns its columns, in order; empty where they are not known or it has none
   * @param constraint its name, that of the index where it is only an index, or null
   */
  public record Rule(
      Kind kind,
      @Nullable String schema,
      @Nullable String table,
      List<String> columns,
      @Nullable String constraint) {

    /** Copies the list. */
    public Rule {
      columns = List.copyOf(columns);
    }
  }

  private final transient Rule rule;

  /**
   * Describes a broken rule.
   *
   * @param rule the rule
   * @param what what was being done and the database's own words: a sentence
   * @param remedy what to do: a sentence
   * @param sqlState the SQLSTATE, five characters, or null where the backend has none (SQLite)
   * @param cause the failure underneath, or null
   */
  public ConstraintException(
      Rule rule, String what, String remedy, @Nullable String sqlState, @Nullable Throwable cause) {
    super(what, remedy, sqlState, cause);
    this.rule = rule;
  }

  /** Returns the kind of the rule. */
  public Kind kind() {
    return rule.kind();
  }

  /** Returns the schema of the table, or null where it is not known or there is none. */
  public @Nullable String schema() {
    return rule.schema();
  }

  /** Returns the table that has the rule, or null where it is not known. */
  public @Nullable String table() {
    return rule.table();
  }

  /** Returns the rule's columns, in order; empty where they are not known or it has none. */
  public List<String> columns() {
    return rule.columns();
  }

  /** Returns the rule's name, that of the index where it is only an index, or null. */
  public @Nullable String constraint() {
    return rule.constraint();
  }
}
