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

  /**
   * Says that a migration outside of a transaction was about to begin. Its rank is that of the row
   * which says how it ended, with a minus.
   */
  boolean isAnnouncement() {
    return rank < 0;
  }

  /** Returns whether this row says how the announced migration ended. */
  boolean answers(HistoryRow announcement) {
    return rank >= -announcement.rank && script.equals(announcement.script);
  }

  /** Returns the table's own type for a script's kind: Flyway has others for other editions. */
  boolean isOfType(String other) {
    return type.equals(other);
  }
}
