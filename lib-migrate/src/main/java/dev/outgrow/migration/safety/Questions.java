package dev.outgrow.migration.safety;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection beside the pool that only reads. A question that is not answered in 30 seconds, or
 * waits for a lock for more than one, is given up and remembered: a look before a migration must
 * not be what keeps it from running.
 */
final class Questions implements AutoCloseable {
  private static final List<String> POSTGRES =
      List.of(
          "SET default_transaction_read_only = on",
          "SET statement_timeout = '30s'",
          "SET lock_timeout = '1s'");
  private static final List<String> SQLITE = List.of("PRAGMA query_only = ON");

  private final Database database;
  private final List<String> unanswered = new ArrayList<>();
  private @Nullable Connection connection;

  Questions(Database database) {
    this.database = database;
  }

  List<String> unanswered() {
    return List.copyOf(unanswered);
  }

  /** Returns the rows of a query with parameters; null, and a note, if it cannot be answered. */
  @Nullable List<List<String>> ask(String what, String sql, Object... parameters) {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return rows(statement.executeQuery());
    } catch (SQLException failure) {
      return note(what, failure);
    }
  }

  /** The same for text that came from a script: a question mark in it is an operator. */
  @Nullable List<List<String>> askAsItIs(String what, String sql) {
    try (Statement statement = connection().createStatement()) {
      statement.setEscapeProcessing(false);
      return rows(statement.executeQuery(sql));
    } catch (SQLException failure) {
      return note(what, failure);
    }
  }

  private @Nullable List<List<String>> note(String what, SQLException failure) {
    unanswered.add(SqlFailures.translate(failure, what).what());
    return null;
  }

  private static List<List<String>> rows(ResultSet rows) throws SQLException {
    try (rows) {
      List<List<String>> found = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String value = rows.getString(i);
          row.add(value == null ? "" : value);
        }
        found.add(row);
      }
      return found;
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = database.ownConnection();
      connection = open;
      try (Statement statement = open.createStatement()) {
        for (String sql : database.backend() == Backend.POSTGRESQL ? POSTGRES : SQLITE) {
          statement.execute(sql);
        }
      }
    }
    return open;
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open != null) {
      connection = null;
      try {
        open.close();
      } catch (SQLException failure) {
        throw SqlFailures.translate(failure, "Closing a connection");
      }
    }
  }
}
