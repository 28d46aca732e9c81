package dev.outgrow.importer.reject;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.reject.Notebook.Answers;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.Link;
import dev.outgrow.importer.source.RawCursor;
import dev.outgrow.importer.source.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows of a source are not carried, and which are carried with nulls. A row is known by its
 * table and by how many rows come before it when the table is walked over, which tells it from
 * every other whether or not it has a key; rows too large to be walked over are counted on their
 * own, from -1 downwards.
 *
 * <p>Holds at most 8 MiB in memory, the rest in a temporary file. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class SetAside implements AutoCloseable {
  private final Notebook notebook = Notebook.open();
  private final List<String> tables;
  private final List<Link> links;
  private final List<Offer> offers;

  /**
   * Begins with no row.
   *
   * @param tables the source's tables
   * @param links the references between them
   */
  public SetAside(List<String> tables, List<Link> links) {
    this.tables = List.copyOf(tables);
    this.links = List.copyOf(links);
    this.offers = links.stream().map(Offer::of).distinct().toList();
  }

  /** Sets a row aside, unless it is already. */
  public void reject(String table, long row, String key, String column, String reason) {
    notebook.change(
        "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, -1, 0)",
        id(table),
        row,
        key,
        column,
        reason);
  }

  /**
   * Why a row does not fit.
   *
   * <p><em>Immutable.</em>
   *
   * @param column the column, or the columns separated by commas
   * @param reason what is wrong there
   * @since 0.1
   */
  public record Fault(String column, String reason) {}

  /** Returns how many rows of a table are set aside. */
  public long rejected(String table) {
    return notebook.number("SELECT count(*) FROM aside WHERE tab = ?", id(table));
  }

  /** Returns how many rows are set aside because of themselves, and not for what they refer to. */
  public long rejectedByValue(String table) {
    return notebook.number("SELECT count(*) FROM aside WHERE tab = ? AND link < 0", id(table));
  }

  /** Returns how many rows are set aside because of a link. */
  public long rejected(Link link) {
    int id = links.indexOf(link);
    return notebook.number(
        "SELECT count(*) FROM aside WHERE tab = ? AND link = ?", id(link.table()), id);
  }

  /** Returns how many rows are carried with nulls because of a link. */
  public long nulled(Link link) {
    return notebook.number("SELECT count(*) FROM nulled WHERE link = ?", links.indexOf(link));
  }

  /** Returns the keys of the first rows that are carried with nulls because of a link. */
  public List<String> nulledKeys(Link link, int most) {
    List<String> keys = new ArrayList<>();
    try (Answers rows =
        notebook.read(
            "SELECT key FROM nulled WHERE link = ? ORDER BY row LIMIT ?",
            links.indexOf(link),
            most)) {
      while (rows.next()) {
        keys.add(rows.text(1));
      }
    }
    return keys;
  }

  /** Returns the first rows that are set aside, table by table. */
  public List<Reject> first(int most) {
    List<Reject> rejects = new ArrayList<>();
    try (Answers rows =
        notebook.read(
            "SELECT tab, key, col, reason FROM aside ORDER BY tab, row < 0, row LIMIT ?", most)) {
      while (rows.next()) {
        rejects.add(
            new Reject(tables.get((int) rows.number(1)), rows.text(2), rows.text(3), rows.text(4)));
      }
    }
    return rejects;
  }

  /** Returns a walk over the rows of a table that are carried, as they are carried. */
  public RowCursor sift(TableMapping table, RowCursor all) {
    int id = id(table.source());
    boolean whole =
        notebook.number(
                "SELECT (SELECT count(*) FROM aside WHERE tab = ?) + (SELECT count(*) FROM nulled WHERE tab = ?)",
                id,
                id)
            == 0;
    return whole ? all : new SiftedCursor(table, all, notebook, id, links);
  }

  /**
   * Sets rows aside of which a server says what is wrong, which it was handed without those that
   * {@link #reject} had set aside.
   *
   * @param table the table
   * @param all all its rows
   * @param said of each row that is wrong, in one column for each reason, whether it is: else null
   * @param faults in which column, and why a row does not fit, for each column of what is said
   */
  public void rejectStaged(String table, RowCursor all, NumberedRows said, List<Fault> faults) {
    try (StagedWalk walk = new StagedWalk(all, unstaged(table), said, faults.size())) {
      while (walk.next()) {
        List<Fault> wrong = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
          if (walk.said(i) != null) {
            wrong.add(faults.get(i));
          }
        }
        if (!wrong.isEmpty()) {
          String more =
              wrong.stream()
                  .skip(1)
                  .map(f -> "; column " + f.column() + ": " + f.reason())
                  .collect(Collectors.joining());
          notebook.change(
              "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, -1, -1)",
              id(table),
              walk.at(),
              walk.key(),
              wrong.get(0).column(),
              wrong.get(0).reason() + more);
        }
      }
    }
  }

  /**
   * Returns a walk over all rows of a table with what a server says of those that it was handed,
   * which are those that {@link #reject} has not set aside.
   *
   * @param table the table
   * @param all all its rows
   * @param said what is said, as text
   * @param columns in how many columns
   */
  public RowCursor staged(String table, RowCursor all, NumberedRows said, int columns) {
    return new StagedWalk(all, unstaged(table), said, columns);
  }

  private Answers unstaged(String table) {
    return notebook.read(
        "SELECT row FROM aside WHERE tab = ? AND gen = 0 AND row >= 0 ORDER BY row", id(table));
  }

  /** Hands out the rows of a table that are set aside and were walked over. */
  public void rejects(String table, RowCursor all, RejectSink sink) {
    new RejectWalk(notebook, id(table), table).over(all, sink);
  }

  /** Hands out the rows of a table that are set aside because they are too large. */
  public void oversized(String table, RawCursor all, RejectSink sink) {
    new RejectWalk(notebook, id(table), table).over(all, sink);
  }

  Notebook notebook() {
    return notebook;
  }

  List<Link> links() {
    return links;
  }

  int id(Offer offer) {
    return offers.indexOf(offer);
  }

  int id(String table) {
    int id = tables.indexOf(table);
    if (id < 0) {
      throw new IllegalArgumentException("No table " + table);
    }
    return id;
  }

  @Override
  public void close() {
    notebook.close();
  }
}
