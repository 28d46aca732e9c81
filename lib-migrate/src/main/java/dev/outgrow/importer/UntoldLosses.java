package dev.outgrow.importer;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.salvage.Lost;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a damaged file has lost although no page that was read tells of it. */
final class UntoldLosses {
  private UntoldLosses() {}

  /**
   * Looks for it.
   *
   * @param file the damaged file
   * @param sound what was salvaged
   * @param tables the tables there
   * @param told what is known to be lost
   */
  static List<Lost> of(Path file, SqliteSource sound, List<String> tables, List<Lost> told) {
    List<Lost> losses = new ArrayList<>();
    try (SqliteSource damaged = SqliteSource.open(file)) {
      damaged
          .unreachable()
          .ifPresent(
              where -> losses.add(new Lost("rows", "Lost: nobody knows which. Where: " + where)));
      damaged
          .entries()
          .forEach(
              (table, entries) -> {
                boolean silent = told.stream().noneMatch(l -> l.name().equals(table));
                long rows = tables.contains(table) ? sound.count(table) : entries;
                if (silent && rows < entries) {
                  losses.add(
                      new Lost(
                          table,
                          "Lost: "
                              + (entries - rows)
                              + " rows, nobody knows which; read: "
                              + rows
                              + " rows. Where: an index of it has "
                              + entries
                              + " entries"));
                }
              });
    } catch (SourceFileException e) {
      return losses; // of what SQLite cannot even open, every page was looked at already
    }
    return losses;
  }
}
