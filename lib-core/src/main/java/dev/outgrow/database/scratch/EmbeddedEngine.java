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
 * the data are not trusted, since nothing in them had to reach the disk: they are made anew. They
 * stand in memory where they may and there is room, which {@link MemoryFolder} decides when they
 * are made.
 */
final class EmbeddedEngine implements ServerEngine {
  private static final String MAKING = "2";
  private static final String STARTED = "started";
  private static final String HALF = "data.half";
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int TRIES = 3;
  private static final String HOST = "127.0.0.1";
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=" + HOST,
          "unix_socket_directories=",
          "fsync=off",
          "synchronous_commit=off",
          "max_connections=300",
          "timezone=UTC",
          // In the data directory, which goes with the server; what the default makes in /dev/shm
          // stays there for ever when a server is killed.
          "dynamic_shared_memory_type=mmap",
          // Data that are kept, in memory perhaps, hold no log of changes for nothing.
          "min_wal_size=32MB",
          "max_wal_size=256MB",
          // Each copy takes two, which would be five lines of the log.
          "log_checkpoints=off");

  private final String id;
  private final Path programs;
  private final boolean inMemory;
  private final Runnable makingData;
  private final MemoryFolder memory = MemoryFolder.ofUser();

  private EmbeddedEngine(
      EmbeddedBinaries binaries, ScratchFolder root, ScratchSettings settings, Runnable makingData)
      throws IOException {
    this.id = binaries.id();
    this.programs = binaries.programs(root);
    this.inMemory = settings.inMemory();
    this.makingData = makingData;
  }

  /**
   * Finds the programs, unpacked below the folder of the settings.
   *
   * @param makingData is run whenever data are about to be made
   * @throws dev.outgrow.error.MissingArtifactException if they are not on the class path
   */
  static EmbeddedEngine of(ScratchSettings settings, Runnable makingData) {
    Path folder = settings.folder();
    ScratchServer.TURN.lock();
    try {
      ScratchFolder root = ScratchFolder.at(folder);
      Optional<EmbeddedBinaries> unpacked = EmbeddedBinaries.unpackedIn(root);
      if (unpacked.isPresent()) {
        return new EmbeddedEngine(unpacked.get(), root, settings, makingData);
      }
      EmbeddedLibrary.require();
      EmbeddedBinaries binaries = EmbeddedBinaries.find();
      FileChannel turn = root.takeTurn();
      try {
        return new EmbeddedEngine(binaries, root, settings, makingData);
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
    return MAKING + "\n" + id + "\n" + SETTINGS + "\n" + (inMemory ? "in memory" : "on disk");
  }

  private static Postmaster postmaster(Path folder) {
    return new Postmaster(MemoryFolder.data(folder));
  }

  /** Its file goes last, and stays where it was killed. */
  @Override
  public boolean mayRun(Path folder) {
    return postmaster(folder).hasFile();
  }

  @Override
  public ServerAccess start(Path folder) throws IOException {
    Optional<ServerAccess> known = ServerAccess.readFrom(folder);
    Files.deleteIfExists(folder.resolve("log"));
    if (known.isPresent() && isTrusted(folder)) {
      Optional<ServerAccess> again = launch(folder, known.get().port(), known.get().password());
      if (again.isPresent()) {
        return again.get();
      }
      // Somebody has cleared away a part of it, as systems do with what lies in memory.
      Log.of(ScratchPool.class)
          .warn("The data of the scratch server in {} cannot be used and are made anew", folder);
    }
    String password = ServerFolder.randomPassword();
    makeData(folder, password);
    Optional<ServerAccess> started = launch(folder, freePort(), password);
    if (started.isEmpty()) {
      throw Programs.failure(folder);
    }
    return started.get();
  }

  private static boolean isTrusted(Path folder) {
    return Files.exists(MemoryFolder.data(folder)) && !Files.exists(folder.resolve(STARTED));
  }

  private void makeData(Path folder, String password) throws IOException {
    makingData.run();
    // First, or a process that is killed in between would leave a password of other data.
    ServerAccess.deleteFrom(folder);
    memory.delete(folder);
    ScratchFolder.deleteIfThere(folder.resolve(HALF));
    Optional<Path> inMemory = this.inMemory ? memory.create(folder) : Optional.empty();
    Path place = inMemory.orElse(folder);
    initdb(folder, place.resolve(HALF), password);
    Files.move(place.resolve(HALF), MemoryFolder.data(place));
    if (inMemory.isPresent()) {
      MemoryFolder.link(folder, inMemory.get());
    }
  }

  private void initdb(Path folder, Path into, String password) throws IOException {
    ServerAccess.write(folder, "password", ScramVerifier.of(password) + "\n");
    Programs initdb =
        new Programs(programs, folder)
            .call("initdb", "-D", into.toString(), "-U", ServerAccess.SUPERUSER)
            .with("-A", "scram-sha-256", "--pwfile", folder.resolve("password").toString())
            .with("-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions");
    if (initdb.run() != 0) {
      throw Programs.failure(folder);
    }
    Files.delete(folder.resolve("password"));
  }

  /**
   * Starts it on data that are there; nothing if it does not run. It gets the port that it had, if
   * it had one: to be told a free one takes a JVM that has not used a network yet 20 ms.
   */
  private Optional<ServerAccess> launch(Path folder, int first, String password)
      throws IOException {
    ServerAccess.write(folder, STARTED, "");
    MemoryFolder.touch(folder);
    int port = first;
    for (int left = TRIES; left > 0; left--) {
      if (launch(folder, port)) {
        return Optional.of(new ServerAccess(HOST, port, password, "-"));
      }
      // Somebody else has taken it, perhaps.
      port = freePort();
    }
    return Optional.empty();
  }

  /** In a session of its own, so that Ctrl-C in the terminal of one user is not the others' end. */
  private boolean launch(Path folder, int port) throws IOException {
    Path data = MemoryFolder.data(folder);
    StringBuilder options = new StringBuilder("-p " + port);
    for (String setting : SETTINGS) {
      options.append(" -c ").append(setting);
    }
    // It waits for the server in steps of 100 ms, and knows at once that one does not start.
    Process starting =
        new Programs(programs, folder)
            .call("pg_ctl", "start", "-w", "-s", "-D", data.toString())
            .with("-l", folder.resolve("log").toString(), "-o", options.toString())
            .begin();
    long start = System.nanoTime();
    while (System.nanoTime() - start < READY_LIMIT.toNanos()) {
      boolean over = !starting.isAlive();
      if (postmaster(folder).isReady()) {
        return true;
      }
      if (over) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return false;
  }

  static int freePort() throws IOException {
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

  @Override
  public void clearLeftOvers(Duration kept) {
    memory.clearLeftOvers(this, kept);
  }
}
