package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A Docker engine, by its program; and what was made in it, to be removed. */
final class Docker implements AutoCloseable {
  private final List<List<String>> removals = new ArrayList<>();

  /** Returns whether an engine answers. */
  static boolean answers() {
    try {
      return ended(start("version")) == 0;
    } catch (IOException e) {
      return false; // there is no program of that name
    }
  }

  private static int ended(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(List.of(arguments));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs a command that has to succeed, and returns what it printed. */
  String run(String... arguments) throws IOException {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ended(process)).as(String.join(" ", arguments) + "\n" + out).isZero();
    return out.strip();
  }

  /** Runs one and remembers how what it made is removed. */
  String make(List<String> removal, String... arguments) throws IOException {
    removals.add(0, removal);
    return run(arguments);
  }

  /** Reads what a command that goes on and on prints, up to the line that is waited for. */
  List<String> await(Predicate<String> awaited, String... arguments) throws IOException {
    Process process = start(arguments);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (awaited.test(line)) {
          return lines;
        }
      }
    } finally {
      process.destroy();
    }
    throw new AssertionError("It never came: " + String.join("\n", lines));
  }

  @Override
  public void close() throws IOException {
    List<String> left = new ArrayList<>();
    for (List<String> removal : removals) {
      if (ended(start(removal.toArray(String[]::new))) != 0) {
        left.add(String.join(" ", removal));
      }
    }
    assertThat(left).isEmpty();
  }
}
