package dev.outgrow.database.scratch;

import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the embedded PostgreSQL on a data directory that is kept. A mark beside it says that a
 * server was started; it goes when that has stopped cleanly. Where it is found and no server runs,
 * the data are not trusted, since nothing in them had to reach the disk: they are made anew.
 */
final class EmbeddedEngine implements ServerEngine {
  private static final String MAKING = "1";
  private static final String STARTED = "started";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int TRIES = 3;
  private static final String HOST = "127.0.0.1";
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=" + HOST,
          "unix_socket_directories=",
          "fsync=off",
          "synchronous_commit=off",
          "max_connections=300",
          "timezone=UTC");

  private final String id;
  private final Path programs;

  private EmbeddedEngine(String id, Path programs) {
    this.id = id;
    this.programs = programs;
  }

  /**
   * Finds the programs, unpacked below a folder.
   *
   * @throws dev.outgrow.error.MissingArtifactException if they are not on the class path
   */
  static EmbeddedEngine in(Path folder) {
    EmbeddedLibrary.require();
    ScratchServer.TURN.lock();
    try {
      EmbeddedBinaries binaries = EmbeddedBinaries.find();
      ScratchFolder root = ScratchFolder.at(folder);
      FileChannel turn = root.takeTurn();
      try {
        return new EmbeddedEngine(binaries.id(), binaries.programs(root));
      } finally {
        turn.close();
      }
    } catch (IOException failure) {
      throw new UnavailableException(
          "The programs of the embedded PostgreSQL cannot be unpacked: " + failure + ".",
          "Check that " + folder + " can be written and has 300 MB free.",
          failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public String kind() {
    return MAKING + "\n" + id + "\n" + SETTINGS;
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static Postmaster postmaster(Path folder) {
    return new Postmaster(data(folder));
  }

  @Override
  public ServerAccess start(Path folder) throws IOException {
    Optional<ServerAccess> known = ServerAccess.readFrom(folder);
    boolean trusted =
        known.isPresent() && Files.exists(data(folder)) && !Files.exists(folder.resolve(STARTED));
    String password = trusted ? known.orElseThrow().password() : ServerFolder.randomPassword();
    Files.deleteIfExists(folder.resolve("log"));
    if (!trusted) {
      makeData(folder, password);
    }
    ServerAccess.write(folder, STARTED, "");
    for (int left = TRIES - 1; ; left--) {
      int port = freePort();
      if (launch(folder, port)) {
        return new ServerAccess(HOST, port, password, "-");
      }
      if (left == 0) {
        throw Programs.failure(folder);
      }
    }
  }

  private void makeData(Path folder, String password) throws IOException {
    Path half = folder.resolve("data.half");
    ScratchFolder.deleteIfThere(half);
    ScratchFolder.deleteIfThere(data(folder));
    ServerAccess.write(folder, "password", password + "\n");
    Programs initdb =
        new Programs(programs, folder)
            .call("initdb", "-D", half.toString(), "-U", ServerAccess.SUPERUSER)
            .with("-A", "scram-sha-256", "--pwfile", folder.resolve("password").toString())
            .with("-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
    if (initdb.run() != 0) {
      throw Programs.failure(folder);
    }
    Files.delete(folder.resolve("password"));
    Files.move(half, data(folder));
  }

  /** In a session of its own, so that Ctrl-C in the terminal of one user is not the others' end. */
  private boolean launch(Path folder, int port) throws IOException {
    Path data = data(folder);
    StringBuilder options = new StringBuilder("-p " + port);
    SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
    new Programs(programs, folder)
        .call("pg_ctl", "start", "-W", "-s", "-D", data.toString())
        .with("-l", folder.resolve("log").toString(), "-o", options.toString())
        .run();
    long start = System.nanoTime();
    boolean seen = false;
    while (System.nanoTime() - start < READY_LIMIT.toNanos()) {
      boolean there = Files.exists(data.resolve("postmaster.pid"));
      if (there && postmaster(folder).isReady()) {
        return true;
      }
      if (seen && !there) {
        return false;
      }
      seen |= there;
      LockSupport.parkNanos(POLL_NANOS);
    }
    return false;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void stop(Path folder) throws IOException {
    if (postmaster(folder).stopCleanly()) {
      Files.deleteIfExists(folder.resolve(STARTED));
    }
  }
}
