package dev.outgrow.benchmarks.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process; of one that has ended, nothing. */
final class Ticks {
  /** Ticks of the clock by which Linux tells user and system time. */
  static final double A_SECOND = 100;

  private static final int USER = 11;

  private Ticks() {}

  /** Returns the processor's time of a process alone. */
  static long own(long process) {
    return sum(process, 2);
  }

  /** Returns the processor's time of a process and of its children that have ended. */
  static long withEndedChildren(long process) {
    return sum(process, 4);
  }

  private static long sum(long process, int fields) {
    String stat = read(process, "stat");
    String[] field = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    long ticks = 0;
    for (int i = USER; i < USER + fields && i < field.length; i++) {
      ticks += Long.parseLong(field[i]);
    }
    return ticks;
  }

  /** Returns the most memory a process has had so far, in KiB. */
  static long peakKib(long process) {
    return read(process, "status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static String read(long process, String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process), name));
    } catch (IOException ended) {
      return "";
    }
  }
}
