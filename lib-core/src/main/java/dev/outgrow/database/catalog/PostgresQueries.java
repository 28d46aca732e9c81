package dev.outgrow.database.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** Runs the catalogue queries that stand beside this class, each for all tables of a schema. */
final class PostgresQueries {
  private final Connection connection;
  private final String schema;

  PostgresQueries(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /** Runs a query and hands over its rows one by one. */
  void each(String resource, RowHandler handler) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(resource))) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          handler.take(rows);
        }
      }
    }
  }

  private static String sql(String resource) {
    try (InputStream in = PostgresQueries.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what it needs of the row the result stands on. */
  interface RowHandler {
    void take(ResultSet row) throws SQLException;
  }
}
