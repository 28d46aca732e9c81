package dev.outgrow.database.scratch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL of io.zonky.test, started as it does it. */
final class EmbeddedServer implements AutoCloseable {
  static final String SUPERUSER = "postgres";

  private static final String WORKING_FOLDER = "ot.epg.working-dir";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;

  private EmbeddedServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Makes the cluster and starts it. Callers take turns. */
  static EmbeddedServer start(Path binaries, ServerFolder place) throws IOException {
    requireBinaries();
    Redirect log = Redirect.appendTo(place.log().toFile());
    EmbeddedPostgres.Builder builder =
        builder(binaries)
            .setOverrideWorkingDirectory(binaries.toFile())
            .setDataDirectory(place.data())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            // In the data directory, which goes with the server, even with one that is killed.
            .setServerConfig("dynamic_shared_memory_type", "mmap")
            .setConnectConfig("password", place.password());
    initdbOptions(builder, place);
    return new EmbeddedServer(builder.start());
  }

  /**
   * Makes the builder. It takes its working folder from a system property as it is made, and later
   * stops servers and deletes folders it finds there; the folder it would take by itself is one
   * that every user of the machine could have prepared.
   */
  private static EmbeddedPostgres.Builder builder(Path binaries) {
    @Nullable String before = System.getProperty(WORKING_FOLDER);
    System.setProperty(WORKING_FOLDER, binaries.toString());
    try {
      return EmbeddedPostgres.builder();
    } finally {
      if (before == null) {
        System.clearProperty(WORKING_FOLDER);
      } else {
        System.setProperty(WORKING_FOLDER, before);
      }
    }
  }

  /** What the library calls locale settings are options of initdb, the last of a kind counts. */
  private static void initdbOptions(EmbeddedPostgres.Builder builder, ServerFolder place) {
    builder
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", place.passwordFile().toString())
        .setLocaleConfig("locale", "C.UTF-8");
  }

  private static void requireBinaries() throws IOException {
    EmbeddedBinaries.open().close();
  }

  int port() {
    return server.getPort();
  }

  /** Connections of the superuser to the maintenance database. */
  DataSource maintenance() {
    return server.getPostgresDatabase();
  }

  /** Stops the server, in general; a failure is only logged by the library. */
  @Override
  public void close() throws IOException {
    server.close();
  }
}
