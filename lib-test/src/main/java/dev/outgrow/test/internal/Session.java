package dev.outgrow.test.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session in a PostgreSQL database, as the server sees it.
 *
 * @param pid its process
 * @param ours whether it belongs to the same pool as the one that asks
 * @param asking whether it is the one that asks
 * @param application the name it gives itself
 * @param state as the server calls it
 * @param query its last statement
 * @param advisory how many advisory locks it holds
 * @param tables the tables it has locked, or null
 */
record Session(
    int pid,
    boolean ours,
    boolean asking,
    String application,
    String state,
    String query,
    int advisory,
    @Nullable String tables) {
  private static final String ALL =
      """
      SELECT a.pid,
             a.application_name = pg_catalog.current_setting('application_name'),
             a.pid = pg_catalog.pg_backend_pid(),
             a.application_name, coalesce(a.state, 'unknown'), coalesce(a.query, ''),
             count(*) FILTER (WHERE l.locktype = 'advisory'),
             string_agg(DISTINCT l.relation::regclass::text, ', ')
               FILTER (WHERE l.locktype = 'relation' AND l.relation >= 16384)
        FROM pg_catalog.pg_stat_activity a
        LEFT JOIN pg_catalog.pg_locks l
          ON l.pid = a.pid AND l.granted
         AND l.database = (SELECT oid FROM pg_catalog.pg_database
                            WHERE datname = pg_catalog.current_database())
       WHERE a.datname = pg_catalog.current_database() AND a.backend_type = 'client backend'
       GROUP BY 1, 2, 3, 4, 5, 6
       ORDER BY a.pid\
      """;

  static List<Session> all(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALL)) {
      List<Session> sessions = new ArrayList<>();
      while (rows.next()) {
        sessions.add(
            new Session(
                rows.getInt(1),
                rows.getBoolean(2),
                rows.getBoolean(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getInt(7),
                rows.getString(8)));
      }
      return sessions;
    }
  }

  boolean inTransaction() {
    return state.startsWith("idle in transaction");
  }

  /** Says what it does and holds, to be read behind what it is. */
  String description() {
    StringBuilder text = new StringBuilder();
    if (!state.equals("idle")) {
      text.append(", ").append(state);
    }
    if (advisory > 0) {
      text.append(", with ").append(advisory).append(" advisory lock(s)");
    }
    if (tables != null) {
      text.append(", with locks on ").append(tables);
    }
    String statement = Redaction.of(query);
    return statement.isEmpty() ? text.toString() : text + ", last statement: " + statement;
  }
}
