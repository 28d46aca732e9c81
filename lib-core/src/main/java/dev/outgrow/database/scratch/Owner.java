package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process that started a server: its number and the instant it began, since numbers are reused.
 *
 * @param pid the process
 * @param startMillis when it began, in milliseconds since 1970, or 0 where the system does not say
 */
record Owner(long pid, long startMillis) {
  static Owner current() {
    return of(ProcessHandle.current());
  }

  private static Owner of(ProcessHandle process) {
    long start = process.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
    return new Owner(process.pid(), start);
  }

  void writeTo(Path file) throws IOException {
    Files.writeString(file, pid + "\n" + startMillis + "\n", StandardCharsets.UTF_8);
  }

  /** Reads an owner; one that was not completely written is nobody. */
  static Owner readFrom(Path file) throws IOException {
    List<String> lines =
        Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    boolean complete = lines.size() == 2 && lines.stream().allMatch(l -> l.matches("[0-9]{1,18}"));
    return complete
        ? new Owner(Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)))
        : new Owner(0, 0);
  }

  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(Owner::of)
        .filter(this::equals)
        .isPresent();
  }
}
