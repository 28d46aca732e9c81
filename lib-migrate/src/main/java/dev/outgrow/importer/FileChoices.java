package dev.outgrow.importer;

import dev.outgrow.error.ConfigurationException;
import java.util.Locale;

/** Options that say nothing of an import into a SQLite file, which carries all as it is. */
final class FileChoices {
  private FileChoices() {}

  /**
   * Refuses them.
   *
   * @throws ConfigurationException naming the first that was chosen
   */
  static void refuse(ImportOptions options) {
    refuse(options.intoExisting(), "intoExisting", "false: tables are made as the source has them");
    refuse(!options.rules().isEmpty(), "rules", "none: no value becomes another");
    refuse(options.badRows() == BadRows.REJECT, "onBadRow", "fail: there is no place for rejects");
    refuse(
        options.orphans() == Orphans.REJECT || options.orphans() == Orphans.NULL,
        "orphans",
        options.orphans().name().toLowerCase(Locale.ROOT),
        "fail or keep");
    refuse(options.resume(), "resume", "false: one transaction carries all or nothing");
    refuse(options.salvage(), "salvage", "false: a damaged file can be salvaged into PostgreSQL");
    refuse(
        !options.schema().equals(ImportOptions.DEFAULT.schema()),
        "schema",
        options.schema(),
        "none: a SQLite file has no schemas");
  }

  private static void refuse(boolean chosen, String option, String allowed) {
    refuse(chosen, option, "set", allowed);
  }

  private static void refuse(boolean chosen, String option, String value, String allowed) {
    if (chosen) {
      throw new ConfigurationException(
          option, value, "for an import into a SQLite file " + allowed);
    }
  }
}
