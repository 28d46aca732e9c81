package dev.outgrow.migration.authoring;

import dev.outgrow.sql.Dialect;
import java.util.List;
import java.util.stream.Collectors;

/**
 * SQL that makes one schema into another, for a person to review: it is written from the schemas
 * alone and knows neither rows nor intentions. It is meant for a migration, which runs it in a
 * transaction, on SQLite with foreign keys off.
 *
 * <p>Nothing is guessed: what has another name now is dropped and made anew. A statement that
 * deletes values, or fails on rows that do not fit, stands behind a line that begins with {@code --
 * WARNING}; what has no SQL here is named at the top. A table of SQLite that {@code ALTER TABLE}
 * cannot change is made anew beside the old one and takes its rows over; indexes, triggers and
 * views are put back.
 *
 * <p><em>Immutable.</em>
 *
 * @param statements the statements, in order
 * @param notWritten what differs and is not written, a sentence each
 * @since 0.1
 */
public record SchemaChange(List<Statement> statements, List<String> notWritten) {
  /** Copies the lists. */
  public SchemaChange {
    statements = List.copyOf(statements);
    notWritten = List.copyOf(notWritten);
  }

  /**
   * One statement.
   *
   * @param sql its text, without the semicolon
   * @param warning what it may cost, a sentence; empty if it costs nothing
   */
  public record Statement(String sql, String warning) {}

  /**
   * Writes what makes a schema into another of the same backend. Nothing fails.
   *
   * @param now the schema as it is
   * @param wanted the schema as it is to be
   */
  public static SchemaChange between(SchemaState now, SchemaState wanted) {
    return wanted.side().dialect() == Dialect.POSTGRESQL
        ? new PostgresChange(now, wanted).write()
        : new SqliteChange(now, wanted).write();
  }

  /** Returns whether nothing differs. */
  public boolean isEmpty() {
    return statements.isEmpty() && notWritten.isEmpty();
  }

  /** Returns the statements that may cost something. */
  public List<Statement> warned() {
    return statements.stream().filter(statement -> !statement.warning().isEmpty()).toList();
  }

  /** Returns it as a script: what is not written, what to look at, then the statements. */
  public String text() {
    StringBuilder text =
        new StringBuilder(
            "-- Written from the difference of two schemas: review it before it runs.\n");
    notWritten.forEach(what -> text.append("-- NOT WRITTEN: ").append(line(what)).append('\n'));
    if (!warned().isEmpty()) {
      text.append("-- ")
          .append(warned().size())
          .append(" of the statements may delete values or fail: see WARNING.\n");
    }
    return text.append(statements.stream().map(SchemaChange::text).collect(Collectors.joining()))
        .toString();
  }

  private static String text(Statement statement) {
    String warning = statement.warning();
    return "\n"
        + (warning.isEmpty() ? "" : "-- WARNING: " + line(warning) + "\n")
        + ended(statement.sql());
  }

  private static String ended(String sql) {
    boolean inComment = sql.substring(sql.lastIndexOf('\n') + 1).contains("--");
    return inComment ? sql + "\n;\n" : sql.endsWith(";") ? sql + "\n" : sql + ";\n";
  }

  /** Names may hold line ends, behind which they would be SQL. */
  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
  }
}
