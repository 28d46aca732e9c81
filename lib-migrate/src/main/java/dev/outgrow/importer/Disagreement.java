package dev.outgrow.importer;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.existing.ExistingMapping;
import dev.outgrow.importer.existing.Finding;
import dev.outgrow.importer.source.SourceTable;
import java.util.List;

/** Refuses a file that does not go into the tables that are there, and says all that is wrong. */
final class Disagreement {
  private static final int SHOWN = 20;

  private Disagreement() {}

  /** Refuses rows that are larger than the import carries; they were counted, and not read. */
  static void refuseOversized(List<SourceTable> tables, long largestRow) {
    List<String> wrong =
        tables.stream()
            .filter(t -> t.oversized() > 0)
            .map(t -> t.name() + " has " + t.oversized())
            .toList();
    if (!wrong.isEmpty()) {
      throw new ConfigurationException(
          "largestRow",
          Long.toString(largestRow),
          "what every row fits in; of the larger ones, table " + String.join(", table ", wrong));
    }
  }

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
    if (wrong.isEmpty()) {
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
}
