package dev.outgrow.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The PostgreSQL servers whose data lie below a folder, as Linux shows them: what they have cost,
 * and their end. Those in containers have other folders, and are not seen.
 */
final class Servers {
  // Behind the name of the program: the state, and of what counts here, times in hundredths.
  private static final int USER = 11;
  private static final int WAITED_FOR = 13;
  private static final double TICK_MILLIS = 10;

  private final Path folder;

  Servers(Path folder) {
    this.folder = folder;
  }

  private List<ProcessHandle> all() {
    return ProcessHandle.allProcesses()
        .filter(
            each -> each.info().command().filter(name -> name.endsWith("/postgres")).isPresent())
        .filter(each -> each.info().commandLine().filter(this::isBelow).isPresent())
        .toList();
  }

  private boolean isBelow(String commandLine) {
    return commandLine.contains(folder + "/");
  }

  /** Returns the milliseconds of processors that they and their sessions have used. */
  double cpuMillis() throws IOException {
    double ticks = 0;
    for (ProcessHandle server : all()) {
      ticks += ticks(server, WAITED_FOR + 2);
      for (ProcessHandle session : server.children().toList()) {
        ticks += ticks(session, WAITED_FOR);
      }
    }
    return ticks * TICK_MILLIS;
  }

  /** Sums up its own times, and where asked for those of the children that have ended. */
  private static double ticks(ProcessHandle process, int end) throws IOException {
    Path file = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int field = USER; field < end; field++) {
        ticks += Double.parseDouble(fields[field]);
      }
      return ticks;
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  /** Ends them at once: nothing in them is wanted any more. */
  void end() {
    for (ProcessHandle server : all()) {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
      server.onExit().join();
    }
  }
}
