package dev.outgrow.exporter;

import java.util.List;

/**
 * What the file is going to hold.
 *
 * <p><em>Immutable.</em>
 *
 * @param tables SQLite's statements that make the tables
 * @param finish SQLite's statements behind the rows: indexes, views, triggers
 * @param carried the tables whose rows are carried
 * @param settings statements that give the file what an application reads from its header
 */
record FileSchema(
    List<String> tables, List<String> finish, List<ExportTable> carried, List<String> settings) {
  /** Copies the lists. */
  FileSchema {
    tables = List.copyOf(tables);
    finish = List.copyOf(finish);
    carried = List.copyOf(carried);
    settings = List.copyOf(settings);
  }
}
