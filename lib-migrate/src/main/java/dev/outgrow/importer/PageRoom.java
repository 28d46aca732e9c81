package dev.outgrow.importer;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowRoom;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.postgres.ImportTarget;
import dev.outgrow.importer.postgres.RowTooLargeException;
import dev.outgrow.importer.postgres.RowTrial;
import dev.outgrow.importer.source.SourceRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of one table for which a page of PostgreSQL has no room. Rows that may be too
 * large are tried on the server, because only it knows how well it compresses; of a table with
 * fewer than some three hundred columns, no row is.
 */
final class PageRoom implements AutoCloseable {
  private final TableMapping table;
  private final ImportTarget target;
  private final RowRoom rows;
  private final int room;
  private @Nullable RowTrial trial;

  private PageRoom(TableMapping table, ImportTarget target) {
    this.table = table;
    this.target = target;
    this.rows = RowRoom.of(table);
    this.room = target.roomOfRow();
  }

  static PageRoom of(TableMapping table, ImportTarget target) {
    return new PageRoom(table, target);
  }

  /**
   * Says why the server has no room for a row, every cell of which fits its column.
   *
   * @param row the row
   * @param scrap takes what is encoded, and is good for nothing else
   * @return nothing if it has
   */
  Optional<ValueException> refusal(SourceRow row, CopyWriter scrap) {
    return rows.most() > room && rows.most(row, scrap) > room && !trial().takes(row)
        ? Optional.of(refusal(row))
        : Optional.empty();
  }

  private ValueException refusal(SourceRow row) {
    return new ValueException(
        table.source(),
        "",
        row.key(),
        "it needs more than the "
            + room
            + " bytes that PostgreSQL has for a row, even with every long value kept elsewhere",
        RowTooLargeException.REMEDY);
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
