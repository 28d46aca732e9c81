package dev.outgrow.database.violation;

import dev.outgrow.error.ConstraintException.Rule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL names schema, table and constraint, but only of NOT NULL the column.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class PostgresRules {
  // A constraint, or else an index that is none. An expression has the number 0 and so no name.
  private static final String COLUMNS =
      """
      SELECT a.attname
      FROM pg_class t
      JOIN pg_namespace n ON n.oid = t.relnamespace
      CROSS JOIN LATERAL (
        SELECT c.conkey AS numbers, 1 AS rank
        FROM pg_constraint c
        WHERE c.conrelid = t.oid AND c.conname = ?
        UNION ALL
        SELECT (i.indkey::int2[])[0:i.indnkeyatts - 1], 2
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = t.oid AND x.relname = ?
        ORDER BY rank
        LIMIT 1
      ) k
      CROSS JOIN LATERAL unnest(k.numbers) WITH ORDINALITY AS u (number, place)
      LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.number AND u.number > 0
      WHERE n.nspname = ? AND t.relname = ?
      ORDER BY u.place
      """;

  private PostgresRules() {}

  /** Adds the columns, if the table and its constraint are still there and none is computed. */
  public static Rule complete(Connection connection, Rule said) throws SQLException {
    if (said.constraint() == null || said.table() == null || !said.columns().isEmpty()) {
      return said;
    }
    return new Rule(
        said.kind(), said.schema(), said.table(), columns(connection, said), said.constraint());
  }

  private static List<String> columns(Connection connection, Rule said) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, said.constraint());
      query.setString(2, said.constraint());
      query.setString(3, said.schema());
      query.setString(4, said.table());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns.contains(null) ? List.of() : columns;
  }
}
