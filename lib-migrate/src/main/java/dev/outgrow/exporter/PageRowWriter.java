package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import java.io.IOException;
import java.util.List;

/** Writes rows as pages. Their keys' indexes have to be made anew afterwards. */
final class PageRowWriter implements RowWriter {
  private final TableFacts facts;
  private final TreeWriter tree;
  private final RecordCells cells;
  private final boolean numbered;
  private long rows;

  PageRowWriter(TableFacts facts, PageAppender file) {
    this.facts = facts;
    this.tree = new TreeWriter(file);
    this.numbered = facts.rowid().isEmpty();
    List<String> names = facts.columns().stream().map(TableFacts.Column::name).toList();
    this.cells =
        new RecordCells(
            facts.columns().stream().map(TableFacts.Column::affinity).toArray(Affinity[]::new),
            names.indexOf(facts.rowid()));
  }

  @Override
  public CellSink begin() {
    cells.begin();
    return cells;
  }

  @Override
  public void end() throws IOException {
    int length = cells.finish();
    rows++;
    long rowid = numbered ? rows : cells.rowid();
    if (!tree.isNext(rowid)) {
      throw new TargetException(
          facts.name(),
          List.of(),
          "Table " + facts.name() + " has two rows of the key " + rowid + ".",
          "Check the primary key's index in PostgreSQL (REINDEX).",
          null);
    }
    tree.add(rowid, cells.bytes(), length);
  }

  @Override
  public void finish() throws IOException {
    tree.finish(facts.root());
  }
}
