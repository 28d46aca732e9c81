package dev.outgrow.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** Gives a SQLite connection the functions that SQL cannot do there. */
final class SqliteFunctions {
  /** The functions by name. A new one needs a line here and a class of its own. */
  private static final Map<String, Arity> FUNCTIONS =
      Map.of(
          LocalSeconds.NAME, new Arity(LocalSeconds::new, 2),
          TextMicros.NAME, new Arity(TextMicros::new, 1));

  private SqliteFunctions() {}

  private record Arity(Maker maker, int arguments) {}

  private interface Maker {
    Function make();
  }

  /** Registers them once: SQLite refuses to replace a function while a statement is running. */
  static void register(Connection connection) throws SQLException {
    if (registered(connection)) {
      return;
    }
    SQLiteConnection driver = connection.unwrap(SQLiteConnection.class);
    for (Map.Entry<String, Arity> each : FUNCTIONS.entrySet()) {
      Function.create(
          driver,
          each.getKey(),
          each.getValue().maker().make(),
          each.getValue().arguments(),
          Function.FLAG_DETERMINISTIC);
    }
  }

  private static boolean registered(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT 1 FROM pragma_function_list WHERE name = ?")) {
      query.setString(1, LocalSeconds.NAME);
      try (ResultSet answer = query.executeQuery()) {
        return answer.next();
      }
    }
  }
}
