package dev.outgrow.importer.source;

import dev.outgrow.schema.Table;
import java.util.List;

/**
 * A table of the source, and everything that has to be known of it to decide what it becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param table its definition in SQLite's words
 * @param rows how many rows it has
 * @param profiles what each column really holds, in the order of the columns
 * @param lastId the largest id handed out so far, in its rows or remembered by {@code
 *     sqlite_sequence}; 0 if none
 * @param orphans rows whose foreign key points to nothing, for each of its foreign keys in order
 * @param spelledOtherwise rows whose foreign key points to something by a collation alone, as
 *     {@code 'rock'} does to {@code 'Rock'} by {@code NOCASE}, for each of its foreign keys in
 *     order
 * @param oversized rows that are larger than the import carries, which are not among {@code rows}
 * @since 0.1
 */
public record SourceTable(
    Table table,
    long rows,
    List<ColumnProfile> profiles,
    long lastId,
    List<Long> orphans,
    List<Long> spelledOtherwise,
    long oversized) {

  /** Copies the lists. */
  public SourceTable {
    profiles = List.copyOf(profiles);
    orphans = List.copyOf(orphans);
    spelledOtherwise = List.copyOf(spelledOtherwise);
  }

  /** Says what is known of a table without rows that are too large. */
  public SourceTable(
      Table table, long rows, List<ColumnProfile> profiles, long lastId, List<Long> orphans) {
    this(table, rows, profiles, lastId, orphans, orphans.stream().map(o -> 0L).toList(), 0);
  }

  /** Returns the same table with another number of rows. */
  public SourceTable withRows(long number) {
    return new SourceTable(table, number, profiles, lastId, orphans, spelledOtherwise, oversized);
  }

  /** Returns the table's name. */
  public String name() {
    return table.name();
  }
}
