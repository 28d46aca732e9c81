package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** An export in a JVM of its own, which prints a line for each progress. */
final class DyingExport {
  private DyingExport() {}

  /** Runs it: the file, the URL, the progress to wait at until it is killed (0 for none). */
  public static void main(String[] args) {
    int stop = Integer.parseInt(args[2]);
    int[] seen = {0};
    DatabaseConfig config =
        DatabaseConfig.builder(DatabaseUrl.parse(args[1])).minimumPoolSize(1).build();
    try (Database database = Database.open(config)) {
      ExportReport report =
          SqliteExport.from(database)
              .into(Path.of(args[0]))
              .replace(true)
              .onProgress(
                  progress -> {
                    System.out.println("at " + progress.event() + " " + progress.phase());
                    if (++seen[0] == stop) {
                      waitForTheEnd();
                    }
                  })
              .run();
      System.out.println("done " + report.rows());
    }
  }

  private static void waitForTheEnd() {
    try {
      while (System.in.read() >= 0) {
        // whoever waits for this line kills the process now
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
