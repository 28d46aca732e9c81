package dev.outgrow.backup;

import dev.outgrow.database.ClientLogin;
import dev.outgrow.error.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * One of PostgreSQL's programs that runs. {@link #close} ends it, if it has not ended by itself.
 */
final class ToolRun implements AutoCloseable {
  private static final long PAUSE_MILLIS = 100;
  private static final int LONGEST_WORDS = 1000;

  private static final Map<String, String> ENVIRONMENT =
      Map.of("LC_ALL", "C", "PATH", Optional.ofNullable(System.getenv("PATH")).orElse(""));

  private final PostgresTool tool;
  private final UnaryOperator<String> redaction;
  private final Path errors;
  private final Process process;

  private ToolRun(
      PostgresTool tool, UnaryOperator<String> redaction, Path errors, Process process) {
    this.tool = tool;
    this.redaction = redaction;
    this.errors = errors;
    this.process = process;
  }

  /** Starts one that logs in to a server. */
  static ToolRun start(PostgresTool tool, ClientLogin login, Path errors, List<String> arguments)
      throws IOException {
    Process process = tool.start(login.environment(), errors, arguments);
    return new ToolRun(tool, login::redact, errors, process);
  }

  /** Starts one that only reads a file. */
  static ToolRun start(PostgresTool tool, Path errors, List<String> arguments) throws IOException {
    Process process = tool.start(ENVIRONMENT, errors, arguments);
    return new ToolRun(tool, UnaryOperator.identity(), errors, process);
  }

  InputStream output() {
    return process.getInputStream();
  }

  /** Ends it, from whatever thread. */
  void end() {
    process.destroyForcibly();
  }

  /**
   * Waits until it has ended.
   *
   * @param meanwhile called ten times a second
   * @throws BackupException if it failed, with its words
   */
  void await(Runnable meanwhile) throws IOException {
    try {
      while (!process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        meanwhile.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "Waiting for " + tool.program() + " was interrupted.", interrupted);
    }
    meanwhile.run();
    if (process.exitValue() != 0) {
      throw new BackupException(
          tool.program(),
          tool.program() + " failed with exit code " + process.exitValue() + ": " + words() + ".",
          "Mend what it names; nothing was changed.",
          null);
    }
  }

  private String words() throws IOException {
    String words =
        redaction.apply(new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)).strip();
    String end =
        words.length() <= LONGEST_WORDS ? words : words.substring(words.length() - LONGEST_WORDS);
    return end.isEmpty() ? "it said nothing" : end.replaceAll("\\s*\\n\\s*", "; ");
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
