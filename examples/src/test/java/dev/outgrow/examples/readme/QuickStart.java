package dev.outgrow.examples.readme;

import dev.outgrow.database.Database;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;

/** The code that the README shows. */
final class QuickStart {
  private QuickStart() {}

  // begin README
  static long move(Path sqliteFile, String databaseUrl) {
    try (Database postgres = Database.open(databaseUrl)) {
      ImportReport report =
          SqliteImport.from(sqliteFile)
              .into(postgres)
              .onProgress(p -> System.out.println(p.phase().word() + " " + p.rows()))
              .run();
      return report.rowsVerified(); // every row that was read: anything less is an exception
    }
  }
  // end README
}
