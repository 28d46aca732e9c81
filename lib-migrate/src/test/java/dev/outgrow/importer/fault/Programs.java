package dev.outgrow.importer.fault;

import dev.outgrow.importer.fixture.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the programs of the embedded PostgreSQL, and those of the system. */
final class Programs {
  private static final long LIMIT_SECONDS = 120;
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private Programs() {}

  /** Returns the folder of PostgreSQL's programs, which the server of this run has unpacked. */
  static Path ofPostgres() throws SQLException {
    try (TestDatabase database = TestDatabase.start()) {
      return Path.of(
          String.valueOf(
              database.column("SELECT setting FROM pg_config WHERE name = 'BINDIR'").get(0)));
    }
  }

  /** PostgreSQL does not run as root; in a user namespace of its own nobody is that. */
  static ProcessBuilder asNobody(Path log, Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(ROOT ? List.of("unshare", "-U") : List.of());
    command.add(program.toString());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /** Runs a program to its end; returns whether that was a good one. */
  static boolean succeeds(Path log, String... command) throws IOException {
    return await(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  /** Runs a program that has to succeed. */
  static void run(Path log, ProcessBuilder program) throws IOException {
    if (!await(program.start())) {
      throw new IOException(
          program.command() + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
    }
  }

  private static boolean await(Process process) throws IOException {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("Process " + process.pid() + " does not end");
      }
      return process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a program ran", e);
    }
  }
}
