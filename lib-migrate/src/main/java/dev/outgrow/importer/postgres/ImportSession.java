package dev.outgrow.importer.postgres;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.plan.SortMemory;
import dev.outgrow.importer.plan.Tactics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A connection whose session is set up for an import: no time-out of its own, names resolved by
 * nobody's search path. {@link #close()} gives it back as it came.
 */
final class ImportSession implements AutoCloseable {
  private static final int OLDEST_VERSION = 140_000;
  private static final int PATIENCE_SECONDS = 5;

  /**
   * A server whose client has gone finds out while it works, and not when it is done, which may be
   * an hour later, or two hours after the network was cut: until then it holds its claim and locks.
   * Other systems than Linux cannot look while they work, or not in PostgreSQL 14.
   */
  private static final String LOOK_WHETHER_CLIENT_LIVES =
      "SELECT pg_catalog.set_config('tcp_keepalives_idle', '60', false),"
          + " pg_catalog.set_config('tcp_keepalives_interval', '10', false),"
          + " pg_catalog.set_config('tcp_keepalives_count', '6', false);"
          + " SELECT pg_catalog.set_config('client_connection_check_interval', '2s', false)"
          + " WHERE pg_catalog.version() LIKE '%linux%'";

  private final Connection connection;
  private final Map<String, String> settingsBefore;
  private final LostSession itself;
  private @Nullable TargetClaim claim;
  private String diskBefore = "";

  private ImportSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.settingsBefore = sessionSettings();
    this.itself = LostSession.of(connection);
  }

  static ImportSession open(Database database, String schema) {
    return open(database.connection(), schema);
  }

  /** Opens one that is not from the pool: what broke a connection there may have broken all. */
  static ImportSession openAnother(Database database, String schema) {
    return open(database.ownConnection(), schema);
  }

  private static ImportSession open(Connection connection, String schema) {
    try {
      ImportSession session = new ImportSession(connection);
      session.refuseUnfit(schema);
      session.run("SET statement_timeout = 0");
      session.run("SET idle_in_transaction_session_timeout = 0");
      session.run("SET search_path = pg_catalog");
      session.run(LOOK_WHETHER_CLIENT_LIVES);
      return session;
    } catch (SQLException | RuntimeException e) {
      giveBack(connection, e);
      throw e instanceof SQLException sql
          ? SqlFailures.translate(sql, "Preparing the import")
          : (RuntimeException) e;
    }
  }

  Connection connection() {
    return connection;
  }

  /**
   * Claims a schema for this import, until the session is closed.
   *
   * @throws TargetException if another import has it
   */
  void claim(String schema) throws SQLException {
    claim = TargetClaim.take(connection, schema);
  }

  /** Returns the process of the server that does this session's work. */
  int process() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs statements that stand behind each other, in one transaction that ends with them. */
  void runTogether(String sql) throws SQLException {
    if (sql.isEmpty()) {
      return;
    }
    if (connection.getAutoCommit()) {
      run(sql);
      return;
    }
    try {
      run(sql);
      connection.commit();
    } catch (SQLException e) {
      rollBackOnly(e);
      throw e;
    }
  }

  /** Commits without waiting for the disk: a crash of the server may take the last commits. */
  void lateDisk() throws SQLException {
    if (diskBefore.isEmpty()) {
      diskBefore = setting("synchronous_commit");
      run(Tactics.LATE_DISK);
    }
  }

  /** Waits for the disk again, as before: the next commit waits for all that there are. */
  void soonDisk() throws SQLException {
    if (!diskBefore.isEmpty()) {
      restore("synchronous_commit", diskBefore);
      diskBefore = "";
    }
  }

  /** Lets the server sort keys in so many bytes, unless it is allowed more anyway. */
  void raiseSortMemory(long bytes) throws SQLException {
    if (bytes > 0) {
      run(SortMemory.sql(bytes));
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  private void rollBackOnly(SQLException reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e); // the reason is what broke it
    }
  }

  /** Runs statements, which are all sent before the first is answered. */
  void runAll(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.addBatch(sql);
      }
      statement.executeBatch();
    }
  }

  /** Returns what ends it over another connection, should this one be lost. */
  LostSession itself() {
    return itself;
  }

  /**
   * Makes sure that somebody answers, so that nobody waits for ever for what comes next.
   *
   * @throws SQLException if the connection is lost; it is closed then
   */
  void requireAnswer() throws SQLException {
    if (!connection.isValid(PATIENCE_SECONDS)) {
      connection.abort(Runnable::run);
      throw new SQLException("The connection to the server is lost", "08006");
    }
  }

  /** Does some work in one transaction: all of it, or, if it throws, nothing. */
  <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run();
      connection.commit();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** Does some work in one transaction that is rolled back whether or not it throws. */
  <T> T undone(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T result = work.run();
      connection.rollback();
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Exception reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e); // the reason is what broke it
    }
  }

  /** What is done in a transaction. */
  interface Work<T> {
    T run() throws SQLException;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      requireAnswer();
      if (claim != null) {
        claim.release();
      }
      run("RESET ALL");
      for (Map.Entry<String, String> each : settingsBefore.entrySet()) {
        restore(each.getKey(), each.getValue());
      }
    }
  }

  /** What the session's owner has set, and a reset would take away: the time zone among them. */
  private Map<String, String> sessionSettings() throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, setting FROM pg_catalog.pg_settings WHERE source = 'session'")) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    return settings;
  }

  private void restore(String name, String value) throws SQLException {
    String sql = "SELECT pg_catalog.set_config(?, ?, false)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.execute();
    }
  }

  private void refuseUnfit(String schema) throws SQLException {
    int version = Integer.parseInt(setting("server_version_num"));
    if (version < OLDEST_VERSION) {
      throw refusal(
          schema,
          "The server is PostgreSQL " + setting("server_version") + ".",
          "Use PostgreSQL 14 or newer.");
    }
    String encoding = setting("server_encoding");
    if (!encoding.equals("UTF8")) {
      throw refusal(
          schema,
          "The database's encoding is " + encoding + ", which cannot hold every text.",
          "Create a database with ENCODING 'UTF8' TEMPLATE template0 and import into that.");
    }
  }

  private static TargetException refusal(String schema, String what, String remedy) {
    return new TargetException(schema, List.of(), what, remedy, null);
  }

  private String setting(String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + name)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void giveBack(Connection connection, Exception reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
