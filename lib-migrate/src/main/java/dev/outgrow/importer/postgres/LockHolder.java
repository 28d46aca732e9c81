package dev.outgrow.importer.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that holds locks on what a schema holds. Its query is not told: it may have values.
 *
 * @param pid its process of the server; 0 of a prepared transaction
 * @param describe who it is, what it does, since when, and what it has locked
 */
record LockHolder(int pid, String describe) {
  /** What belongs to another user is null for one who may not see it. */
  private static final String HOLDERS =
      """
      SELECT coalesce(l.pid, 0),
             CASE WHEN l.pid IS NULL THEN 'a prepared transaction, see pg_prepared_xacts'
                  ELSE format('pid %s ("%s" of user %s, %s since %s UTC)', l.pid,
                              coalesce(nullif(a.application_name, ''), a.backend_type, 'a program'),
                              coalesce(a.usename, 'unknown'), coalesce(a.state, 'at work'),
                              coalesce(to_char(coalesce(a.xact_start, a.query_start, a.backend_start)
                                               AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), 'some time')) END
             || ': ' || string_agg(DISTINCT l.mode || ' on ' || c.relname, ', ')
        FROM pg_catalog.pg_locks l
        JOIN pg_catalog.pg_class c ON c.oid = l.relation
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
       WHERE l.granted
         AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
         AND l.pid IS DISTINCT FROM pg_backend_pid()
         AND n.nspname = ?
         AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
       GROUP BY l.pid, a.application_name, a.backend_type, a.usename, a.state, a.xact_start, a.query_start,
                a.backend_start
       ORDER BY a.xact_start, l.pid
       LIMIT 5
      """;

  /** Returns those who have been at it longest, five at most. */
  static List<LockHolder> of(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDERS)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        List<LockHolder> holders = new ArrayList<>();
        while (rows.next()) {
          holders.add(new LockHolder(rows.getInt(1), rows.getString(2)));
        }
        return holders;
      }
    }
  }
}
