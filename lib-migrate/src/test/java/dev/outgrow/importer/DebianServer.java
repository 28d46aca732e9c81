package dev.outgrow.importer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A throw-away server from Debian's packages, which is older than the embedded one. */
final class DebianServer implements AutoCloseable {
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private final Path programs;
  private final Path folder;
  private final int port;

  private DebianServer(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** Returns where the oldest server from Debian's packages is, if there is one. */
  static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .map(v -> v.resolve("bin"))
          .filter(
              b ->
                  Files.isExecutable(b.resolve("initdb"))
                      && Files.isExecutable(b.resolve("postgres")))
          .min(Comparator.naturalOrder());
    }
  }

  static DebianServer start(Path programs) throws IOException {
    Path folder = Files.createTempDirectory("outgrow-debian-server");
    DebianServer server = new DebianServer(programs, folder, freePort());
    try {
      if (ROOT) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      server.program(
          "initdb",
          "-A",
          "trust",
          "-U",
          "postgres",
          "-E",
          "UTF8",
          "--locale=C.UTF-8",
          "-D",
          server.data());
      server.program(
          "pg_ctl",
          "-D",
          server.data(),
          "-w",
          "-l",
          folder + "/log",
          "-o",
          server.settings(),
          "start");
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  String url() {
    return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(Path.of(data(), "postmaster.pid"))) {
      program("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }
    run(List.of("rm", "-rf", folder.toString()));
  }

  private String data() {
    return folder + "/data";
  }

  private String settings() {
    return "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        + " -c dynamic_shared_memory_type=mmap -c port="
        + port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL's programs refuse root; Debian's packages bring a user for them. */
  private void program(String name, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(ROOT ? List.of("runuser", "-u", "postgres", "--") : List.of());
    command.add(programs.resolve(name).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Path output =
        Files.createTempFile("outgrow-debian-server", ".log"); // a server keeps a pipe open
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (await(process) != 0) {
        throw new IOException(
            command + " failed: " + Files.readString(output, StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(output);
    }
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a program of PostgreSQL ran", e);
    }
  }
}
