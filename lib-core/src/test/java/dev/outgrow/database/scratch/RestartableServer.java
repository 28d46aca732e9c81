package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL that a test starts, stops and kills as it likes, always on the same port and data.
 * The binaries are those that a scratch server has unpacked before.
 */
public final class RestartableServer implements AutoCloseable {
  /** The superuser's password. */
  public static final String PASSWORD = "restartable";

  private static final long LIMIT_SECONDS = 60;

  private final Path folder;
  private final Path binaries;
  private final int port;
  private @Nullable Process process;

  private RestartableServer(Path folder, Path binaries, int port) {
    this.folder = folder;
    this.binaries = binaries;
    this.port = port;
  }

  /** Makes the cluster in an empty folder, and starts nothing. */
  public static RestartableServer prepare(Path folder) throws IOException, InterruptedException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RestartableServer server = new RestartableServer(folder, unpacked(), free);
    Files.createDirectories(folder);
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    String data = server.data().toString();
    server.await(
        server.command(
            "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
            "-N",
            "--pwfile",
            password.toString()));
    return server;
  }

  /**
   * Makes a replica in an empty folder, of a server that was prepared and never started, and starts
   * nothing.
   */
  public static RestartableServer replicaOf(RestartableServer primary, Path folder)
      throws IOException, InterruptedException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    RestartableServer replica = new RestartableServer(folder, primary.binaries, free);
    Files.createDirectories(folder);
    replica.await(
        new ProcessBuilder("cp", "-a", primary.data().toString(), replica.data().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile()));
    Files.createFile(replica.data().resolve("standby.signal"));
    return replica;
  }

  /** The setting by which a replica finds this server. */
  public String primaryConnInfo() {
    return "primary_conninfo=host=127.0.0.1 port="
        + port
        + " user=postgres password="
        + PASSWORD
        + " application_name=replica";
  }

  private static Path unpacked() throws IOException {
    try (Stream<Path> versions = Files.list(ScratchFolder.ofUser().binaries())) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
          .findFirst()
          .orElseThrow();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** PostgreSQL does not run as root; in a user namespace of its own nobody is that. */
  private ProcessBuilder command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  private void await(ProcessBuilder command) throws IOException, InterruptedException {
    Process started = command.start();
    if (!started.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || started.exitValue() != 0) {
      started.destroyForcibly();
      throw new IOException(Files.readString(folder.resolve("log")));
    }
  }

  /** Starts it, and does not wait until it takes connections. */
  public void start(String... settings) {
    List<String> arguments = new ArrayList<>(List.of("-D", data().toString(), "-p", "" + port));
    List<String> all = new ArrayList<>(List.of("listen_addresses=127.0.0.1", "fsync=off"));
    all.add("unix_socket_directories=");
    // Such a server is killed on purpose, and would leave what it shares behind.
    all.add("dynamic_shared_memory_type=mmap");
    all.addAll(List.of(settings));
    for (String each : all) {
      arguments.addAll(List.of("-c", each));
    }
    try {
      process = command("postgres", arguments.toArray(String[]::new)).start();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Lets nobody in any more, and ends when the last session does. */
  public void stopWhenTheLastHasLeft() {
    running().destroy();
  }

  /** Waits until it has ended. */
  public void awaitEnd() throws InterruptedException {
    if (!running().waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The server does not end");
    }
  }

  /** Kills it with everything that it has started, as a failing machine would. */
  public void kill() throws IOException, InterruptedException {
    // Held first, or it could start another process after its processes were counted.
    await(new ProcessBuilder("kill", "-STOP", Long.toString(running().pid())));
    List<ProcessHandle> children = running().descendants().toList();
    running().destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    awaitEnd();
    children.forEach(child -> child.onExit().join());
  }

  private Process running() {
    if (process == null) {
      throw new AssertionError("The server was never started");
    }
    return process;
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The URL of its maintenance database. */
  public DatabaseUrl url() {
    return DatabaseUrl.parse(
        "postgresql://postgres:" + PASSWORD + "@127.0.0.1:" + port + "/postgres");
  }

  @Override
  public void close() throws IOException {
    if (process != null && process.isAlive()) {
      try {
        kill();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while a server was killed", interrupted);
      }
    }
  }
}
