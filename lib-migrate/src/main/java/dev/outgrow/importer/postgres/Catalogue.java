package dev.outgrow.importer.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGStatement;

/** Asks PostgreSQL's catalogue what a file beside this class says. */
final class Catalogue {
  private Catalogue() {}

  /** Makes something of a row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /**
   * Returns what was made of each row, in their order.
   *
   * @param resource the file with the query
   * @param parameters its parameters, all of them names
   */
  static <T> List<T> ask(
      Connection connection, String resource, Reading<T> reading, String... parameters)
      throws SQLException {
    return askSql(connection, sql(resource), reading, parameters);
  }

  /** Does the same with a query. */
  static <T> List<T> askSql(
      Connection connection, String sql, Reading<T> reading, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      keepPlan(statement);
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.of(rows));
        }
        return found;
      }
    }
  }

  /** To plan some of them takes longer than to answer them, and locks may be held meanwhile. */
  private static void keepPlan(PreparedStatement statement) throws SQLException {
    PGStatement own = statement.unwrap(PGStatement.class);
    if (own.getPrepareThreshold() > 0) { // 0: the driver was told to keep nothing on the server
      own.setPrepareThreshold(1);
    }
  }

  static String sql(String resource) {
    try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
