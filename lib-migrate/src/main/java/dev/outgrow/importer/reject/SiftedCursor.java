package dev.outgrow.importer.reject;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.reject.Notebook.Answers;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import java.util.ArrayList;
import java.util.List;

/** Walks over the rows of a table that are carried, with nulls where they refer to nothing. */
final class SiftedCursor implements RowCursor {
  private static final long NONE = Long.MAX_VALUE;

  private final String table;
  private final RowCursor all;
  private final MaskedRow row;
  private final Answers aside;
  private final Answers nulled;
  private final List<int[]> masks = new ArrayList<>();
  private long at = -1;
  private long nextAside;
  private long nextNulled;

  SiftedCursor(TableMapping table, RowCursor all, Notebook notebook, int id, List<Link> links) {
    this.table = table.source();
    this.all = all;
    this.row = new MaskedRow(all.row(), table.columns().size());
    links.forEach(l -> masks.add(Nulling.positions(table, l)));
    this.aside =
        notebook.read("SELECT row, key FROM aside WHERE tab = ? AND row >= 0 ORDER BY row", id);
    this.nulled =
        notebook.read("SELECT row, key, link FROM nulled WHERE tab = ? ORDER BY row, link", id);
    this.nextAside = row(aside);
    this.nextNulled = row(nulled);
  }

  @Override
  public boolean next() {
    while (all.next()) {
      at++;
      if (at != nextAside) {
        mask();
        return true;
      }
      RejectWalk.requireSame(table, aside.text(2), all.row().key());
      nextAside = row(aside);
    }
    if (nextAside != NONE || nextNulled != NONE) {
      throw new IllegalStateException("Table " + table + " has fewer rows than before");
    }
    return false;
  }

  @Override
  public SourceRow row() {
    return row;
  }

  @Override
  public void close() {
    try (all;
        aside;
        nulled) {
      at = NONE;
    }
  }

  private void mask() {
    row.clear();
    while (at == nextNulled) {
      RejectWalk.requireSame(table, nulled.text(2), row.key());
      row.mask(masks.get((int) nulled.number(3)));
      nextNulled = row(nulled);
    }
  }

  private static long row(Answers answers) {
    return answers.next() ? answers.number(1) : NONE;
  }
}
