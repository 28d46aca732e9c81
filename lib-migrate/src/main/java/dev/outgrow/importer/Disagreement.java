package dev.outgrow.importer;

import dev.outgrow.error.TargetException;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import java.util.List;

/** Refuses a file that does not go into the tables that are there, and says all that is wrong. */
final class Disagreement {
  private static final int SHOWN = 20;

  private Disagreement() {}

  /** Refuses tables that do not agree; where they do, rows that do not fit are seen to later. */
  static void refuse(ExistingMapping existing) {
    String schema = existing.schema().name();
    if (existing.schema().tables().isEmpty()) {
      throw new TargetException(
          schema,
          List.of(),
          "Schema " + schema + " has no tables to load the file into.",
          "Run the application's migrations first, or let the import make the tables (without into-existing).",
          null);
    }
    List<String> wrong = existing.refusals().stream().map(Finding::describe).toList();
    if (existing.refusals().stream().allMatch(Finding::isOfRows)) {
      return;
    }
    String more = wrong.size() > SHOWN ? "; and " + (wrong.size() - SHOWN) + " more" : "";
    throw new TargetException(
        schema,
        existing.filled().stream().map(t -> t.existing().name()).toList(),
        "The file does not go into the tables of schema "
            + schema
            + ": "
            + String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size())))
            + more
            + ".",
        "Nothing was written; plan lists all of it.",
        null);
  }

  /** Refuses what the server says of the rows, and nothing can be done about. */
  static void refuse(String schema, List<String> faults) {
    if (faults.isEmpty()) {
      return;
    }
    String more = faults.size() > SHOWN ? "; and " + (faults.size() - SHOWN) + " more" : "";
    throw new TargetException(
        schema,
        List.of(),
        "The tables of schema "
            + schema
            + " do not take every row: "
            + String.join("; ", faults.subList(0, Math.min(SHOWN, faults.size())))
            + more
            + ".",
        "Mend the values in the SQLite file or the table in PostgreSQL; references that lead nowhere may be kept"
            + " (orphans keep, or --orphans keep).",
        null);
  }
}
