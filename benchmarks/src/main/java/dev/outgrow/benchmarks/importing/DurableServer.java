package dev.outgrow.benchmarks.importing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A PostgreSQL with the settings it comes with, above all {@code fsync}, which servers for tests
 * leave out.
 */
final class DurableServer implements AutoCloseable {
  private static final String WHAT_COUNTS =
      "SELECT string_agg(name || ' ' || setting, ', ' ORDER BY name) FROM pg_settings WHERE name IN"
          + " ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'data_checksums',"
          + " 'shared_buffers', 'max_wal_size', 'maintenance_work_mem', 'server_version')";

  private final EmbeddedPostgres server;
  private final long process;

  private DurableServer(EmbeddedPostgres server, long process) {
    this.server = server;
    this.process = process;
  }

  /** Starts one whose data lie below a folder. */
  static DurableServer start(Path folder) throws IOException {
    Path data = Files.createTempDirectory(folder, "server-");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
            .setPGStartupWait(Duration.ofMinutes(1))
            .setLocaleConfig("locale", "C")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .start();
    String first = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
    return new DurableServer(server, Long.parseLong(first.strip()));
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?user=postgres");
  }

  /** Returns the URL of a database, as all clients read it; this server asks for no password. */
  String url(String database) {
    return "postgresql://postgres@127.0.0.1:" + server.getPort() + "/" + database;
  }

  /** Makes a database anew, and writes to the disk what is left to be written. */
  void renew(String database) throws SQLException {
    drop(database);
    execute("CREATE DATABASE " + database);
    execute("CHECKPOINT");
  }

  void drop(String database) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  /** Returns where the WAL ends, in bytes. */
  long wal() throws SQLException {
    return Long.parseLong(ask("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"));
  }

  /** Returns the settings by which it can be judged what was measured. */
  String settings() throws SQLException {
    return ask(WHAT_COUNTS);
  }

  /** Returns the seconds of the processor that it has taken, sessions that have ended included. */
  double cpuSeconds() {
    long ticks = Ticks.withEndedChildren(process);
    return (ticks
            + ProcessHandle.of(process).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(child -> Ticks.own(child.pid()))
                .sum())
        / Ticks.A_SECOND;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
