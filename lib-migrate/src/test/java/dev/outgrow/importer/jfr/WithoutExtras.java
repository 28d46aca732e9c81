package dev.outgrow.importer.jfr;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.MissingArtifactException;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.metrics.MissingMicrometer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries a file in a JVM that has neither Flight Recorder nor Micrometer. */
final class WithoutExtras {
  private WithoutExtras() {}

  public static void main(String[] arguments) {
    AtomicInteger told = new AtomicInteger();
    try (Database database = Database.open(DatabaseUrl.parse(arguments[1]))) {
      boolean verified =
          SqliteImport.from(Path.of(arguments[0]))
              .into(database)
              .onProgress(p -> told.incrementAndGet())
              .run()
              .verified();
      System.out.println("verified " + verified + ", told " + (told.get() > 10));
    }
    System.out.println("jdk.jfr " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
    try {
      MissingMicrometer.ask();
    } catch (MissingArtifactException e) {
      System.out.println(e.what());
    }
  }
}
