package dev.outgrow.benchmarks.importing;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.PhaseTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One import of ours, in a process of its own, which says how long each phase took. */
public final class OutgrowRun {
  private OutgrowRun() {}

  /**
   * Carries a file: its path, the database's URL, {@code pages} or {@code library}, the result;
   * and, where they follow, another file and another database's URL before.
   */
  public static void main(String[] arguments) throws IOException {
    boolean library = arguments[2].equals("library");
    if (arguments.length > 4) {
      carry(arguments[4], arguments[5], library);
    }
    long began = System.nanoTime();
    Duration cpu = cpu();
    List<String> lines = new ArrayList<>();
    for (PhaseTime phase : carry(arguments[0], arguments[1], library).phases()) {
      lines.add(phase.phase().word() + " " + phase.millis());
    }
    lines.add("whole " + (System.nanoTime() - began) / 1_000_000);
    lines.add("processor " + cpu().minus(cpu).toMillis());
    lines.add("heap " + peakHeap());
    Files.write(Path.of(arguments[3]), lines);
  }

  private static ImportReport carry(String file, String url, boolean library) {
    try (Database database =
        Database.open(DatabaseConfig.builder(DatabaseUrl.parse(url)).minimumPoolSize(1).build())) {
      return SqliteImport.from(Path.of(file)).libraryAlone(library).into(database).run();
    }
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The peaks of the heap's parts, which need not have been at one time. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
