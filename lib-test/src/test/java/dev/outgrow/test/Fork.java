package dev.outgrow.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM of its own with another class path than this one's, and what it printed. */
final class Fork implements AutoCloseable {
  private static final long LIMIT_SECONDS = Boolean.getBoolean("outgrow.exhaustive") ? 3000 : 300;

  private final Process process;
  private final Path output;

  private Fork(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static List<String> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(all.split(File.pathSeparator, -1));
  }

  /** Starts one with the jars whose file names are wanted, and those beside. */
  static Fork start(
      Path output, Predicate<String> wanted, List<Path> beside, List<String> optionsAndMain)
      throws IOException {
    String classPath =
        Stream.concat(
                classPath().stream()
                    .filter(entry -> wanted.test(Path.of(entry).getFileName().toString())),
                beside.stream().map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx192m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", classPath));
    command.addAll(optionsAndMain);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new Fork(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** Returns the command lines, of whomever, that name a folder. */
  static List<String> processesOf(Path folder) {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(command -> command.contains(folder.toString()))
        .toList();
  }

  /** Deletes the servers of a cache folder with their data, wherever those are; none may run. */
  static void deleteServers(Path cache) throws IOException {
    try (DirectoryStream<Path> servers = Files.newDirectoryStream(cache, "server-*")) {
      for (Path server : servers) {
        Path data = server.resolve("data");
        if (Files.isSymbolicLink(data)) {
          delete(Objects.requireNonNull(Files.readSymbolicLink(data).getParent()));
        }
        delete(server);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Waits for its end and returns what it printed. */
  String await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The fork does not end: " + output());
    }
    return output();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Waits until it has printed this. */
  void awaitText(String text) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!output().contains(text)) {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      if ((ended && !output().contains(text))
          || System.nanoTime() - start > LIMIT_SECONDS * 1_000_000_000L) {
        throw new AssertionError("The fork printed only: " + output());
      }
    }
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
