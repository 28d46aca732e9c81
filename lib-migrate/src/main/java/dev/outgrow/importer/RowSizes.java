package dev.outgrow.importer;

import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowRoom;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.RowTrial;
import dev.outgrow.importer.source.SourceRow;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of one table for which a page of PostgreSQL has no room. Rows that may be too
 * large are tried on the server, because only it knows how well it compresses; of a table with
 * fewer than some three hundred columns, no row is.
 */
final class RowSizes implements AutoCloseable {
  private final TableMapping table;
  private final ImportTarget target;
  private final RowRoom rows;
  private final int room;
  private @Nullable RowTrial trial;

  private RowSizes(TableMapping table, ImportTarget target) {
    this.table = table;
    this.target = target;
    this.rows = RowRoom.of(table);
    this.room = target.roomOfRow();
  }

  static RowSizes of(TableMapping table, ImportTarget target) {
    return new RowSizes(table, target);
  }

  /** Returns whether the server has no room for a row, every cell of which fits its column. */
  boolean refuses(SourceRow row, CopyWriter scrap) {
    return rows.most() > room && rows.most(row, scrap) > room && !trial().takes(row);
  }

  /** Says why such a row is refused. */
  String reason() {
    return "it needs more than the "
        + room
        + " bytes that PostgreSQL has for a row, even with every long value kept elsewhere";
  }

  private RowTrial trial() {
    RowTrial open = trial;
    if (open == null) {
      open = target.trial(table);
      trial = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (trial != null) {
      trial.close();
    }
  }
}
