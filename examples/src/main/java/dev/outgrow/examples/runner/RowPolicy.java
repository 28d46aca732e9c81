package dev.outgrow.examples.runner;

import dev.outgrow.importer.BadRows;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import picocli.CommandLine.Option;

/** What to do with rows that cannot be carried as they are. */
@About(Topic.ROWS)
final class RowPolicy {
  @Option(
      names = "--on-bad-row",
      paramLabel = "fail|reject",
      defaultValue = "fail",
      converter = Words.BadRowsConverter.class,
      completionCandidates = Words.BadRowsWords.class,
      description =
          "Rows that do not fit: refuse the import and list them, or keep them aside and carry the others. Without"
              + " it: ${DEFAULT-VALUE}.")
  private BadRows badRows = BadRows.FAIL;

  @Option(
      names = "--orphans",
      paramLabel = "fail|reject|null|keep",
      defaultValue = "fail",
      converter = Words.OrphansConverter.class,
      completionCandidates = Words.OrphansWords.class,
      description =
          "Rows whose foreign key refers to nothing: refuse the import and list them; keep them aside, and what"
              + " refers to them; carry them with NULL where they refer; or keep them and leave the key NOT VALID."
              + " Without it: ${DEFAULT-VALUE}.")
  private Orphans orphans = Orphans.FAIL;

  @Option(
      names = "--list-rejects",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many rows that cannot be carried are listed one by one. Without it: ${DEFAULT-VALUE}.")
  private int listed = 100;

  SqliteImport applyTo(SqliteImport sqliteImport) {
    return sqliteImport.onBadRow(badRows).orphans(orphans).listedRejects(listed);
  }
}
