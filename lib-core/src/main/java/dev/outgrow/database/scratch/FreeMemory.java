package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory files may still take on Linux: no more than the machine has available, and than
 * the control group allows where the process is in a container that is limited.
 */
final class FreeMemory {
  private static final long KIBIBYTE = 1024;

  private final Path machine;
  private final Path group;

  FreeMemory(Path machine, Path group) {
    this.machine = machine;
    this.group = group;
  }

  static FreeMemory ofSystem() {
    return new FreeMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup"));
  }

  /** Returns the bytes, or 0 where the system does not say. */
  long bytes() throws IOException {
    long available = number(lines(machine), "MemAvailable:", 0) * KIBIBYTE;
    List<String> most = lines(group.resolve("memory.max"));
    if (most.isEmpty() || !most.get(0).matches("[0-9]{1,18}")) {
      return available;
    }
    // What is only read again from files is given up when memory is asked for, and not counted.
    List<String> used = lines(group.resolve("memory.stat"));
    long free = Long.parseLong(most.get(0)) - number(used, "anon ", 0) - number(used, "shmem ", 0);
    return Math.max(0, Math.min(available, free));
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException missing) {
      return List.of();
    }
  }

  private static long number(List<String> lines, String name, long otherwise) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .filter(digits -> digits.matches("[0-9]{1,15}"))
        .map(Long::parseLong)
        .findFirst()
        .orElse(otherwise);
  }
}
