package dev.outgrow.database.scratch;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls one of PostgreSQL's programs; what it prints goes into the server's log. */
final class Programs {
  private static final String LOG = "log";
  private static final long LIMIT_SECONDS = 120;
  // What pg_ctl says behind the server's own words.
  private static final String NO_REASON =
      "pg_ctl: could not start server|Examine the log output\\.";
  private static final String ROOT =
      "PostgreSQL does not run as root; as root it needs the command unshare and user namespaces.";
  private static final String REMEDY =
      "Run as another user, or name a server: outgrow.test.source=postgresql://….";

  private final Path programs;
  private final Path folder;
  private final List<String> command = new ArrayList<>();

  Programs(Path programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
  }

  /** In a user namespace of its own root is nobody. */
  Programs call(String program, String... arguments) throws IOException {
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(programs.resolve(program).toString());
    return with(arguments);
  }

  Programs with(String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(folder, "unix:uid").equals(0);
  }

  /** Begins it, and does not wait. */
  Process begin() throws IOException {
    Process process = start(Redirect.appendTo(folder.resolve(LOG).toFile()));
    process.getOutputStream().close();
    return process;
  }

  /** Returns its exit code. */
  int run() throws IOException {
    Process process = begin();
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new IOException(command + " does not end");
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "Starting the scratch server was interrupted.", "Try again.", interrupted);
    }
  }

  private Process start(Redirect log) throws IOException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log)
          .directory(folder.toFile())
          .start();
    } catch (IOException failure) {
      if (command.get(0).equals("unshare")) {
        throw new UnavailableException(ROOT, REMEDY, failure);
      }
      throw failure;
    }
  }

  /** Says why a server does not start, by the last words of its log. */
  static UnavailableException failure(Path folder) throws IOException {
    Path log = folder.resolve(LOG);
    String words =
        (Files.exists(log) ? Files.readAllLines(log) : List.<String>of())
            .stream()
                .filter(line -> !line.isBlank() && !line.matches(NO_REASON))
                .reduce((earlier, later) -> later)
                .orElse("none");
    if (words.startsWith("unshare:")) {
      return new UnavailableException(ROOT + " It says: " + words + ".", REMEDY, null);
    }
    return new UnavailableException(
        "The scratch server did not start. Its last words: " + words + ".",
        "Check memory and disk; outgrow.test.memory=never keeps its data on disk. More is in "
            + log
            + ".",
        null);
  }
}
