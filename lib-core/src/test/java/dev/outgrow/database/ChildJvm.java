package dev.outgrow.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a {@code main}, with what it printed. Closing ends it. */
public final class ChildJvm implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Path output;

  private ChildJvm(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The class path of the tests. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Starts a JVM with these options, then the main class, then its arguments. */
  public static ChildJvm start(Path output, List<String> optionsAndMain) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.addAll(optionsAndMain);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_TOOL_OPTIONS");
    return new ChildJvm(builder.redirectOutput(output.toFile()).start(), output);
  }

  /** Waits for its end and returns the exit code. */
  public int await() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The child JVM does not end");
    }
    return process.exitValue();
  }

  /** Waits until it has printed a line that begins so, and returns that line. */
  public String awaitLine(String beginning) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < LIMIT_SECONDS) {
      List<String> found = output().lines().filter(line -> line.startsWith(beginning)).toList();
      if (!found.isEmpty()) {
        return found.get(0);
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS) && !output().contains(beginning)) {
        throw new AssertionError("The child JVM ended and printed only: " + output());
      }
    }
    throw new AssertionError("The child JVM printed only: " + output());
  }

  /** Ends its input, which the mains of the tests take as the word to end. */
  public void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** What it has printed, on both streams. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Its process number. */
  public long pid() {
    return process.pid();
  }

  /** Kills it at once. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
