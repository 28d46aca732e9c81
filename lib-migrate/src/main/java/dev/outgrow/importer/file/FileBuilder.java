package dev.outgrow.importer.file;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.source.RowCursor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.SQLiteConnection;

/**
 * Makes in one file what another defines, in its own words, and fills it. What is made is checked
 * afterwards to be defined in the same words. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class FileBuilder {
  private static final int EVERY = 10_000;

  private final SQLiteConnection connection;
  private final StandIns standIns;

  FileBuilder(SQLiteConnection connection) {
    this.connection = connection;
    this.standIns = new StandIns(connection);
  }

  /** Drops everything that is there: first what uses other things. */
  public void clear(FileSchema schema) {
    List<Definition> all = new ArrayList<>(schema.of("trigger"));
    all.addAll(schema.of("view"));
    schema.of("table").stream().filter(Definition::isVirtual).forEach(all::add);
    schema.of("table").stream().filter(Definition::isStoredTable).forEach(all::add);
    for (Definition each : all) {
      String type = each.type().toUpperCase(Locale.ROOT);
      execute(
          "DROP " + type + " IF EXISTS main." + StoredTable.quote(each.name()), "Dropping", each);
    }
  }

  /**
   * Makes a table.
   *
   * @throws dev.outgrow.error.OutgrowException if SQLite refuses it
   */
  public void make(Definition definition) {
    try {
      run(definition.sql());
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Making " + definition.describe());
    }
  }

  /** Makes something that the rows do not depend on, or says why SQLite refuses it. */
  public Optional<String> tryToMake(Definition definition) {
    try {
      run(definition.sql());
    } catch (SQLException e) {
      return Optional.of(words(e));
    }
    Set<String> asked = standIns.asked();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    drop(definition);
    return Optional.of("only the application has the collation " + String.join(", ", asked));
  }

  /** Makes something, with a stand-in for each collation that is not there. */
  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      if (!standIns.standIn(e)) {
        throw e;
      }
      run(sql);
    }
  }

  /**
   * Enters virtual tables into the schema, as {@code VACUUM} does: the tables in which their
   * modules keep their rows are carried as they are, so the modules need not be there.
   */
  public void enter(List<Definition> virtual) {
    if (virtual.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO main.sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, 0, ?)")) {
        for (Definition each : virtual) {
          insert.setString(1, each.name());
          insert.setString(2, each.name());
          insert.setString(3, each.sql());
          insert.execute();
        }
      }
      // Whoever has the schema in memory then reads it again.
      copyNumber(statement, "schema_version", number(statement, "schema_version") + 1);
      statement.execute("PRAGMA writable_schema = RESET");
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Entering virtual tables");
    }
  }

  /** Drops something that was made but cannot be used. */
  public void drop(Definition definition) {
    String type = definition.type().toUpperCase(Locale.ROOT);
    execute(
        "DROP " + type + " main." + StoredTable.quote(definition.name()), "Dropping", definition);
  }

  /**
   * Writes rows into a table, as they are stored.
   *
   * @param table the table
   * @param rows the rows, their columns those that are written
   * @param sameText whether the source keeps text in UTF-8
   * @param progress is told how many are written
   * @return how many were
   */
  public long load(
      Path source, StoredTable table, RowCursor rows, boolean sameText, LongConsumer progress) {
    long written = 0;
    try (RowWriter writer =
        new RowWriter(connection, table, StoredRows.isUtf8(connection), sameText)) {
      while (rows.next()) {
        try {
          writer.write(rows.row());
        } catch (SQLException e) {
          throw refused(source, table, rows.row().key(), e);
        }
        if (++written % EVERY == 0) {
          progress.accept(written);
        }
      }
      refuseStandIns(source, table);
      return written;
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Loading table " + table.name());
    }
  }

  private void refuseStandIns(Path source, StoredTable table) {
    Set<String> asked = standIns.asked();
    if (!asked.isEmpty()) {
      throw new SourceFileException(
          source,
          "Table "
              + table.name()
              + " has a key, a check or a computed column by the collation "
              + String.join(", ", asked)
              + ", which only the application that owns the file has.",
          "Leave the table out (--exclude), or let the application copy the file.",
          null);
    }
  }

  /** A row that a table's own rules forbid, or a target that cannot be written to. */
  private static RuntimeException refused(
      Path source, StoredTable table, String key, SQLException e) {
    if (!words(e).contains("constraint failed")) {
      return SqlFailures.translate(e, "Loading table " + table.name());
    }
    return new SourceFileException(
        source,
        "Table "
            + table.name()
            + ", row "
            + key
            + " breaks the table's own rules: "
            + words(e)
            + ".",
        "Mend the row in the SQLite file, or the rule; the target is as it was.",
        e);
  }

  /** Carries the last numbers that tables have given to rows. */
  public void carryLastNumbers(Connection source, List<StoredTable> tables) {
    try {
      LastNumbers.carry(source, connection, tables);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Carrying sqlite_sequence");
    }
  }

  /** Carries the two numbers in the file's head that applications set, and gathers statistics. */
  public void carryHead(Connection source, boolean analyze) {
    try (Statement from = source.createStatement();
        Statement to = connection.createStatement()) {
      for (String pragma : List.of("user_version", "application_id")) {
        copyNumber(to, pragma, number(from, pragma));
      }
      if (analyze) {
        to.execute("ANALYZE main");
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Carrying what the head of the file says");
    }
  }

  /** Says why SQLite cannot ask for a view; nothing if it can. */
  public Optional<String> unusableView(String view) {
    return refusal(connection, "SELECT * FROM " + StoredTable.quote(view));
  }

  /** Returns whether SQLite cannot ask for a view that a connection sees. */
  public static boolean isUnusable(Connection connection, String view) {
    return refusal(connection, "SELECT * FROM " + StoredTable.quote(view)).isPresent();
  }

  /**
   * Says what a trigger of a table or view lacks that is meant to be there; nothing if a statement
   * of each kind could be run.
   */
  public Optional<String> unusableTrigger(String table) {
    String quoted = StoredTable.quote(table);
    String set =
        columns(table).stream()
            .map(c -> StoredTable.quote(c) + " = NULL")
            .collect(Collectors.joining(", "));
    return Stream.of(
            "INSERT INTO " + quoted + " DEFAULT VALUES",
            "UPDATE " + quoted + " SET " + set,
            "DELETE FROM " + quoted)
        .flatMap(sql -> refusal(connection, sql).stream())
        .filter(why -> why.contains("no such ")) // else it is no statement for this table
        .findFirst();
  }

  private List<String> columns(String table) {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
        }
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading the columns of " + table);
    }
    return columns;
  }

  private static Optional<String> refusal(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("EXPLAIN " + sql);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(words(e));
    }
  }

  private void execute(String sql, String doing, Definition definition) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing + " " + definition.describe());
    }
  }

  private static void copyNumber(Statement statement, String pragma, long number)
      throws SQLException {
    statement.execute("PRAGMA main." + pragma + " = " + number);
  }

  private static long number(Statement statement, String pragma) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA main." + pragma)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String words(SQLException e) {
    return String.valueOf(e.getMessage()).replaceAll("\\R", " ");
  }
}
