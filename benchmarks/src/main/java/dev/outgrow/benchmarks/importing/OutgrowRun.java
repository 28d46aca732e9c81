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
import java.util.ArrayList;
import java.util.List;

/** One import of ours, in a process of its own, which says how long each phase took. */
public final class OutgrowRun {
  private OutgrowRun() {}

  /** Carries a file: its path, the database's URL, {@code pages} or {@code library}, the result. */
  public static void main(String[] arguments) throws IOException {
    DatabaseUrl url = DatabaseUrl.parse(arguments[1]);
    try (Database database =
        Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).build())) {
      ImportReport report =
          SqliteImport.from(Path.of(arguments[0]))
              .libraryAlone(arguments[2].equals("library"))
              .into(database)
              .run();
      List<String> lines = new ArrayList<>();
      for (PhaseTime phase : report.phases()) {
        lines.add(phase.phase().word() + " " + phase.millis());
      }
      lines.add("heap " + peakHeap());
      Files.write(Path.of(arguments[3]), lines);
    }
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
