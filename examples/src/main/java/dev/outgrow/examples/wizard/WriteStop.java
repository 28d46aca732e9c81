package dev.outgrow.examples.wizard;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps everybody from writing to some tables of PostgreSQL while work is done, programs beside the
 * application included; who reads is not in the way. Waits 10 seconds for those who are writing.
 */
final class WriteStop {
  private static final String THERE =
      """
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND c.relname = ANY (?)
      ORDER BY c.relname
      """;

  private WriteStop() {}

  /**
   * Does work, and then what follows from it, which is left out if the connection that held the
   * tables was lost meanwhile.
   */
  static <T> T during(
      Database database, String schema, Set<String> names, Supplier<T> work, Consumer<T> then) {
    try (Connection holder = database.ownConnection()) {
      holder.setAutoCommit(false);
      hold(holder, schema, names);
      T done = work.get();
      requireHeld(holder);
      then.accept(done);
      return done;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Keeping others from writing to PostgreSQL");
    }
  }

  private static void hold(Connection holder, String schema, Set<String> names)
      throws SQLException {
    List<String> there = there(holder, schema, names);
    if (there.isEmpty()) {
      return;
    }
    try (Statement statement = holder.createStatement()) {
      // It holds them however long the work takes, in which it does nothing itself.
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      statement.execute("SET LOCAL lock_timeout = '10s'");
      String tables =
          there.stream()
              .map(t -> Dialect.POSTGRESQL.quote(schema) + "." + Dialect.POSTGRESQL.quote(t))
              .collect(Collectors.joining(", "));
      statement.execute("LOCK TABLE " + tables + " IN SHARE MODE");
    }
  }

  private static List<String> there(Connection holder, String schema, Set<String> names)
      throws SQLException {
    List<String> there = new ArrayList<>();
    try (PreparedStatement list = holder.prepareStatement(THERE)) {
      list.setString(1, schema);
      list.setArray(2, holder.createArrayOf("text", names.toArray()));
      try (ResultSet rows = list.executeQuery()) {
        while (rows.next()) {
          there.add(rows.getString(1));
        }
      }
    }
    return there;
  }

  private static void requireHeld(Connection holder) throws SQLException {
    try (Statement statement = holder.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1")) {
      row.next();
    }
  }
}
