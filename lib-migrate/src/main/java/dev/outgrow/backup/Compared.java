package dev.outgrow.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what a database holds with what a manifest says. */
final class Compared {
  private static final int SHOWN = 5;

  private Compared() {}

  /**
   * Compares.
   *
   * @throws BackupException if something differs, with the tables
   */
  static void require(Backup backup, List<BackupTable> found) {
    Map<String, BackupTable> there = new TreeMap<>();
    found.forEach(table -> there.put(table.title(), table));
    List<String> problems = new ArrayList<>();
    for (BackupTable wanted : backup.manifest().tables()) {
      BackupTable table = there.remove(wanted.title());
      if (table == null) {
        problems.add("the table " + wanted.title() + " is missing");
      } else if (table.rows() != wanted.rows()) {
        problems.add(wanted.title() + " has " + table.rows() + " rows instead of " + wanted.rows());
      } else if (!table.checksum().equals(wanted.checksum())) {
        problems.add(wanted.title() + " has as many rows, and other ones");
      }
    }
    there.values().forEach(table -> problems.add("the table " + table.title() + " is new"));
    if (!problems.isEmpty()) {
      throw refused(backup, problems);
    }
  }

  private static BackupException refused(Backup backup, List<String> problems) {
    String more = problems.size() > SHOWN ? ", and " + (problems.size() - SHOWN) + " more" : "";
    return new BackupException(
        backup.file(),
        "What "
            + backup.file()
            + " makes is not what its manifest says: "
            + String.join(", ", problems.subList(0, Math.min(SHOWN, problems.size())))
            + more
            + ".",
        "Take another backup; this one was altered, or does not belong to its manifest.",
        null);
  }
}
