package dev.outgrow.importer.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that is killed and started again on its data, with the settings of one that must not
 * lose any. It stands on a small disk of its own where one can be had.
 */
final class FaultServer implements AutoCloseable {
  /** Who imports: no superuser. */
  static final String USER = "app";

  private static final int DISK_MEGABYTES = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_UP_NANOS = Duration.ofMillis(5).toNanos();

  private final Path folder;
  private final Path programs;
  private final int port;
  private final @Nullable SmallDisk disk;
  private @Nullable Process postmaster;
  private @Nullable FileLimit limit;
  private boolean closed;

  private FaultServer(Path folder, Path programs, int port, @Nullable SmallDisk disk) {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    this.disk = disk;
  }

  /** Makes the cluster in an empty folder, and starts it. */
  static FaultServer start(Path folder) throws IOException, SQLException {
    Path programs = Programs.ofPostgres();
    Path mount = Files.createDirectory(folder.resolve("disk"));
    SmallDisk disk =
        Boolean.parseBoolean(System.getProperty("outgrow.fault.tmpfs", "true"))
            ? SmallDisk.mount(mount, folder.resolve("log"), DISK_MEGABYTES)
            : null;
    FaultServer server = new FaultServer(folder, programs, freePort(), disk);
    Runtime.getRuntime().addShutdownHook(new Thread(server::closeAtExit, "fault-server-exit"));
    try {
      server.initialise();
      server.ensureRunning();
      server.execute("postgres", "CREATE ROLE " + USER + " LOGIN", "CREATE ROLE reader");
      return server;
    } catch (IOException | SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void initialise() throws IOException {
    List<String> arguments =
        List.of(
            "-D",
            data().toString(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--wal-segsize=1");
    Programs.run(log(), Programs.asNobody(log(), programs.resolve("initdb"), arguments));
  }

  /** Starts it unless it runs, and waits until it takes connections. */
  synchronized void ensureRunning() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > end) {
        throw new IOException("The server does not start: " + lastWords());
      }
      if (postmaster == null || !postmaster.isAlive()) {
        // As long as processes of a killed server live, another one does not start.
        postmaster =
            Programs.asNobody(log(), programs.resolve("postgres"), List.of(settings())).start();
      }
      LockSupport.parkNanos(LOOK_UP_NANOS);
    }
  }

  private boolean answers() {
    if (postmaster == null || !postmaster.isAlive()) {
      return false;
    }
    try (Connection connection = admin("postgres");
        Statement statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException e) {
      return false;
    }
  }

  private String[] settings() {
    List<String> settings = new ArrayList<>(List.of("-D", data().toString()));
    for (String each :
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "dynamic_shared_memory_type=mmap",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "restart_after_crash=on",
            "autovacuum=off",
            "max_connections=30",
            "shared_buffers=32MB",
            "min_wal_size=8MB",
            "max_wal_size=64MB")) {
      settings.addAll(List.of("-c", each));
    }
    return settings.toArray(String[]::new);
  }

  /**
   * Kills the postmaster.
   *
   * @param all whether its processes are killed as well, as by a failing machine; otherwise they
   *     find out by themselves
   */
  synchronized void kill(boolean all) throws IOException {
    Process running = running();
    List<ProcessHandle> children = List.of();
    if (all) {
      // Held first, or it could start another process after its processes were counted.
      Programs.succeeds(log(), "kill", "-STOP", Long.toString(running.pid()));
      children = running.descendants().toList();
    }
    running.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(running);
    children.forEach(child -> child.onExit().join());
  }

  private static void awaitEnd(Process process) throws IOException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("The server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a server was killed", e);
    }
  }

  private Process running() {
    if (postmaster == null) {
      throw new IllegalStateException("The server was never started");
    }
    return postmaster;
  }

  /** Skips a fault, visibly, that cannot be made on this machine. */
  void assumePossible(FaultCase fault) {
    assumeTrue(
        fault.kind() != FaultKind.DISK_FULL || canLackRoom(),
        "neither a file system in memory nor a limit to files can be had");
  }

  /** Whether it can be left without room here. */
  boolean canLackRoom() {
    return disk != null || FileLimit.isPossible(log());
  }

  /**
   * Leaves its disk without room.
   *
   * @param left so many bytes are left
   */
  void fillDisk(long left) throws IOException {
    if (disk != null) {
      disk.fill(left);
    } else {
      limit = FileLimit.set(running().toHandle(), left, log());
    }
  }

  /** Gives room back. */
  void freeDisk() throws IOException {
    if (disk != null) {
      disk.free();
    } else if (limit != null) {
      limit.lift();
      limit = null;
    }
  }

  /** Returns the port it listens on, always the same. */
  int port() {
    return port;
  }

  /** Connects as superuser, past any proxy. */
  Connection admin(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=10",
        "postgres",
        "");
  }

  /** Runs statements as superuser. */
  void execute(String database, String... statements) throws SQLException {
    try (Connection connection = admin(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path data() {
    return folder.resolve("disk").resolve("data");
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A run that is stopped leaves no server behind, and no file system. */
  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does nothing the second time. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (postmaster != null && postmaster.isAlive()) {
      kill(true);
    }
    if (disk != null) {
      disk.close();
    }
  }
}
