package dev.outgrow.importer.verify;

import dev.outgrow.importer.existing.ExistingColumn;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Condenses rows of the target that are none of the file's, so that it can be proven that adding
 * rows beside them has left them as they were. The server does it: each row is written as text, of
 * which two hashes of 64 bits each are added up; equal rows count as often as they occur.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Bystanders {
  private Bystanders() {}

  /**
   * Returns columns of a row as one text, as an expression of SQL.
   *
   * @param first what is of the row beside these columns, as expressions
   * @param columns the columns
   * @param alias what the row goes by
   */
  public static String text(List<String> first, List<ExistingColumn> columns, String alias) {
    return Stream.concat(
            first.stream(),
            columns.stream().map(c -> value(c, alias + "." + Dialect.POSTGRESQL.quote(c.name()))))
        .collect(Collectors.joining(", ", "CAST(ROW(", ") AS text)"));
  }

  /**
   * Returns the query that condenses rows.
   *
   * @param row the text of a row, as an expression of SQL
   * @param from what stands behind FROM
   */
  public static String sql(String row, String from) {
    return "SELECT count(*), sum(hashtextextended(r COLLATE \"C\", 1)), sum(hashtextextended(r COLLATE \"C\", 2))"
        + " FROM (SELECT "
        + row
        + " AS r FROM "
        + from
        + ") AS s";
  }

  /** Returns what the rows of such a query condense to, to be compared. */
  public static String digest(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1) + "/" + row.getString(2) + "/" + row.getString(3);
    }
  }

  /** What may be long is hashed by itself, because one text has no room for more than 1 GiB. */
  private static String value(ExistingColumn column, String value) {
    if (column.base().equals("bytea")) {
      return "sha256(CAST(" + value + " AS bytea))";
    }
    if (column.category() == 'S'
        || column.base().startsWith("json")
        || column.base().equals("xml")) {
      String text = "CAST(" + value + " AS text) COLLATE \"C\"";
      return "hashtextextended(" + text + ", 1) || '/' || hashtextextended(" + text + ", 2)";
    }
    return value;
  }
}
