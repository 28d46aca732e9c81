package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Writes rows as pages. Their keys' indexes have to be made anew afterwards. */
final class PageRowWriter implements RowWriter {
  /** What SQLite reads, unless it was built otherwise (SQLITE_MAX_LENGTH). */
  private static final long LARGEST_ROW = 1_000_000_000;

  private final TableFacts facts;
  private final TreeWriter tree;
  private final RecordCells cells;
  private final boolean numbered;
  private final boolean hoped;
  private long rows;

  /**
   * Begins a table.
   *
   * @param hoped whether it is only hoped that the rows come in the order of their ids
   */
  PageRowWriter(TableFacts facts, PageAppender file, boolean hoped) {
    this.facts = facts;
    this.hoped = hoped;
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
  public boolean end(Pieces pieces) throws IOException, SQLException {
    int length = fitting(cells.finish(pieces));
    rows++;
    long rowid = numbered ? rows : cells.rowid();
    if (!tree.isNext(rowid)) {
      if (hoped) {
        return false;
      }
      throw new TargetException(
          facts.name(),
          List.of(),
          "Table " + facts.name() + " has two rows of the key " + rowid + ".",
          "Check the primary key's index in PostgreSQL (REINDEX).",
          null);
    }
    tree.add(rowid, cells, length);
    return true;
  }

  private int fitting(long length) {
    if (length > LARGEST_ROW) {
      throw new TargetException(
          facts.name(),
          List.of(),
          "A row of table "
              + facts.name()
              + " takes "
              + length
              + " bytes, and SQLite has rows of up to "
              + LARGEST_ROW
              + ".",
          "Move its largest values out of the database before, into files.",
          null);
    }
    return (int) length;
  }

  @Override
  public void finish() throws IOException {
    tree.finish(facts.root());
  }
}
