package dev.outgrow.examples.runner;

import dev.outgrow.importer.ImportTactics;
import dev.outgrow.importer.SqliteImport;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** What an import may do to be faster. */
@About(Topic.RUN)
final class TacticsOption {
  private static final long MIB = 1 << 20;

  /** Above that it is too much in any case, and bytes could not be counted. */
  private static final long MOST = 1 << 30;

  @Option(
      names = "--sort-memory",
      paramLabel = "MIB",
      defaultValue = "512",
      description =
          "In how much memory the server may sort keys and indexes, all connections together; 0"
              + " leaves it to the server's maintenance_work_mem. What the keys of the largest"
              + " table need is asked for, and no more. Without it: ${DEFAULT-VALUE}.")
  private long sortMemory = 512;

  @Option(
      names = "--without",
      paramLabel = "TACTIC",
      split = ",",
      description =
          "What not to do to be faster: late_disk (do not wait for the disk before the swap),"
              + " plain_blobs (store blobs as they are where compressing gains little), together"
              + " (make small tables many at a time). plan shows what would be done, and why.")
  private Set<Name> without = EnumSet.noneOf(Name.class);

  /** What can be left out. */
  enum Name {
    LATE_DISK,
    PLAIN_BLOBS,
    TOGETHER
  }

  SqliteImport applyTo(SqliteImport begun) {
    return begun.tactics(
        ImportTactics.DEFAULT
            .sortMemory(sortMemory > MOST ? Long.MAX_VALUE : sortMemory * MIB)
            .lateDisk(!without.contains(Name.LATE_DISK))
            .plainBlobs(!without.contains(Name.PLAIN_BLOBS))
            .together(!without.contains(Name.TOGETHER)));
  }
}
