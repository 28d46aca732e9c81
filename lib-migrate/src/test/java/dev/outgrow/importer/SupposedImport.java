package dev.outgrow.importer;

import dev.outgrow.database.Database;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;

/** Imports that look at so few rows beforehand that what they suppose is often wrong. */
public final class SupposedImport {
  private SupposedImport() {}

  /**
   * Carries a file, keeping what refers to nothing.
   *
   * @param rows how many rows of each table are looked at before it is loaded
   */
  public static ImportReport run(Path file, Database database, String schema, long rows) {
    ImportOptions options =
        ImportOptions.DEFAULT.with(
            o -> {
              o.schema = schema;
              o.orphans = Orphans.KEEP;
              o.glimpsedRows = rows;
            });
    return Course.of(options, o -> new ImportRun(file, database, o, Survey::glimpse).run());
  }
}
