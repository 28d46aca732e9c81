package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;
import org.jspecify.annotations.Nullable;

/** A row of a history table. */
record HistoryRow(
    int rank,
    @Nullable Version version,
    String description,
    String type,
    String script,
    @Nullable Integer checksum,
    String installedOn,
    int millis,
    boolean success) {
  boolean isBaseline() {
    return type.equals("BASELINE") || type.endsWith("_BASELINE");
  }

  /** The schema itself was made by Flyway. */
  boolean isSchema() {
    return type.equals("SCHEMA");
  }

  /** Takes back the migration of the same version or description; it is not a migration. */
  boolean isTakenBack() {
    return type.equals("DELETE") || type.startsWith("UNDO");
  }

  /** Returns the table's own type for a script's kind: Flyway has others for other editions. */
  boolean isOfType(String other) {
    return type.equals(other);
  }
}
