package dev.outgrow.importer.postgres;

import dev.outgrow.error.TargetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The right to import into a schema, which one session has at a time. It is an advisory lock: one
 * whose program was killed has lost it with its session.
 */
final class TargetClaim {
  /** What belongs to another user is null for one who may not see it, all of it but the name. */
  private static final String HOLDERS =
      "SELECT a.pid, coalesce(a.application_name, 'a program'), a.usename,"
          + " CASE WHEN a.backend_start IS NULL THEN 'somewhere'"
          + " ELSE coalesce(host(a.client_addr), 'this machine') END,"
          + " coalesce(to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
          + " || ' UTC', 'some time')"
          + " FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
          + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
          + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND (l.classid::bigint << 32) | l.objid::bigint = ?";

  private final Connection connection;
  private final long key;

  private TargetClaim(Connection connection, long key) {
    this.connection = connection;
    this.key = key;
  }

  /**
   * Takes it, without waiting, and has the session's name say which program it is.
   *
   * @throws TargetException if another has it, with who that is
   */
  static TargetClaim take(Connection connection, String schema) throws SQLException {
    long key = key(schema);
    if (!ask(connection, "SELECT pg_try_advisory_lock(?)", key)) {
      throw taken(connection, schema, key);
    }
    ask(
        connection,
        "SELECT set_config('application_name', left(current_setting('application_name'), 30)"
            + " || ', import by process ' || ?, false) IS NOT NULL",
        ProcessHandle.current().pid());
    return new TargetClaim(connection, key);
  }

  /** Takes it, unless another session has it; gives back whether it did. */
  static boolean tryTake(Connection connection, String schema) throws SQLException {
    return ask(connection, "SELECT pg_try_advisory_lock(?)", key(schema));
  }

  /** Gives back what {@link #tryTake} took. */
  static void giveBack(Connection connection, String schema) throws SQLException {
    ask(connection, "SELECT pg_advisory_unlock(?)", key(schema));
  }

  /** Returns whether any session has it. */
  static boolean isHeld(Connection connection, String schema) throws SQLException {
    return ask(connection, "SELECT EXISTS (" + HOLDERS + ")", key(schema));
  }

  /** Ends the session that has it, if that is the one of this process of the server. */
  static void end(Connection connection, String schema, int process) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(h.pid) FROM (" + HOLDERS + ") h WHERE h.pid = ?")) {
      statement.setLong(1, key(schema));
      statement.setInt(2, process);
      statement.execute();
    }
  }

  /** Takes it as soon as the session that has it is gone; as long as the lock time-out allows. */
  static void await(Connection connection, String schema) throws SQLException {
    ask(connection, "SELECT pg_advisory_lock(?) IS NOT NULL", key(schema));
  }

  private static long key(String schema) {
    byte[] name = ("outgrow import " + schema).getBytes(StandardCharsets.UTF_8);
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static boolean ask(Connection connection, String sql, long number) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static TargetException taken(Connection connection, String schema, long key)
      throws SQLException {
    String holder = "One that has just ended.";
    String remedy = "Try again.";
    try (PreparedStatement statement = connection.prepareStatement(HOLDERS)) {
      statement.setLong(1, key);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          holder =
              "\"%s\" of user %s, from %s, connected since %s (process %d of the server)."
                  .formatted(
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getInt(1));
          remedy =
              "Wait until it is done, or end it: SELECT pg_terminate_backend(%d)."
                  .formatted(row.getInt(1));
        }
      }
    }
    return new TargetException(
        schema,
        List.of(),
        "Another import into schema " + schema + " is under way: " + holder,
        remedy,
        null);
  }

  /** Lets go of it. */
  void release() throws SQLException {
    ask(connection, "SELECT pg_advisory_unlock(?)", key);
  }
}
