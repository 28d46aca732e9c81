package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The server process that runs on a data directory, found by the file it leaves there. */
final class Postmaster {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int STATUS_LINE = 8;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path data;
  private final Path pidFile;

  Postmaster(Path data) {
    this(data, data);
  }

  /**
   * Finds it in data that it knows by another path.
   *
   * @param data where they are
   * @param named how it was told, which may be gone
   */
  Postmaster(Path data, Path named) {
    this.data = named;
    this.pidFile = data.resolve("postmaster.pid");
  }

  /**
   * Stops the server at once, without a checkpoint: nobody will start it again.
   *
   * @throws IOException if it would not stop
   */
  void stop() throws IOException {
    Optional<ProcessHandle> running = running();
    if (running.isEmpty()) {
      return;
    }
    ProcessHandle process = running.get();
    signal("QUIT", process.pid());
    // The file goes last. The process itself may stay visible until somebody collects it.
    if (!waitUntil(() -> !Files.exists(pidFile))) {
      process.destroyForcibly();
      if (!waitUntil(() -> !process.isAlive())) {
        throw new IOException("The PostgreSQL process " + process.pid() + " does not stop");
      }
    }
  }

  /** Whether one runs, or has not ended by itself. */
  boolean hasFile() {
    return Files.exists(pidFile);
  }

  /** Whether it takes connections; it says so in its file once it does. */
  boolean isReady() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
    } catch (NoSuchFileException notYetOrNoMore) {
      return false;
    }
    return lines.size() >= STATUS_LINE && lines.get(STATUS_LINE - 1).strip().equals("ready");
  }

  /**
   * Stops the server so that it can be started again: sessions are ended, and what is in memory is
   * written.
   *
   * @return whether it has; one that does not in time is stopped at once
   * @throws IOException if it would not stop
   */
  boolean stopCleanly() throws IOException {
    Optional<ProcessHandle> running = running();
    if (running.isEmpty()) {
      return false;
    }
    signal("INT", running.get().pid());
    if (waitUntil(() -> !Files.exists(pidFile))) {
      return true;
    }
    stop();
    return false;
  }

  /** The process, if it is a PostgreSQL on this very data directory: process numbers are reused. */
  private Optional<ProcessHandle> running() throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String number =
        Files.readString(pidFile, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (!number.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(number)).filter(this::isMine);
  }

  private boolean isMine(ProcessHandle process) {
    String command = process.info().command().orElse("");
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return Path.of(command).endsWith("postgres")
        && Arrays.asList(arguments).contains(data.toString());
  }

  /** Java can only ask for the slow way or kill; a killed server leaves shared memory behind. */
  private static void signal(String name, long pid) throws IOException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " \"$0\"", Long.toString(pid))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    shell.getOutputStream().close();
  }

  private static boolean waitUntil(BooleanSupplier done) {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - start > STOP_LIMIT.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
