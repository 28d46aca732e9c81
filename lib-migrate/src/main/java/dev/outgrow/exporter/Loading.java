package dev.outgrow.exporter;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Carries the rows of one table. <em>Not thread-safe.</em> */
final class Loading {
  private final ExportTable table;
  private final PgSnapshot snapshot;
  private final RowWriter writer;
  private final Pace pace;
  private final Form[] forms;
  private final OddValues[] odd;

  Loading(ExportTable table, PgSnapshot snapshot, RowWriter writer, Pace pace) {
    this.table = table;
    this.snapshot = snapshot;
    this.writer = writer;
    this.pace = pace;
    List<ExportColumn> columns = table.columns();
    this.odd = columns.stream().map(c -> new OddValues()).toArray(OddValues[]::new);
    this.forms = new Form[columns.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = Forms.of(columns.get(i), odd[i]);
    }
  }

  /**
   * Carries them.
   *
   * @param order what stands behind the query
   * @param witness is shown what the server sends
   * @return nothing if they did not come in the order that the writer hoped for
   */
  Optional<Loaded> run(String order, Consumer<byte[]> witness) throws SQLException, IOException {
    CopyRows rows = new CopyRows(snapshot.copy(table.select() + order), forms.length, witness);
    long count = 0;
    while (rows.next()) {
      CellSink sink = writer.begin();
      for (int i = 0; i < forms.length; i++) {
        cell(rows, i, sink);
      }
      if (!writer.end(Pieces.NONE)) {
        rows.skipRest(pace::check);
        return Optional.empty();
      }
      if (++count % Pace.ROWS == 0) {
        pace.rows(count, rows.total());
      }
    }
    rows.requireSent(count);
    return Optional.of(finish(count, rows));
  }

  /**
   * Carries the rows of a table with some that are too large to be in memory as a whole.
   *
   * @param order what stands behind the query
   * @return nothing if they did not come in the order that the writer hoped for
   */
  Optional<Loaded> runLarge(String order) throws SQLException, IOException {
    LargeRows rows = new LargeRows(snapshot, table, order);
    long count = 0;
    long told = 0;
    while (rows.next()) {
      CellSink sink = writer.begin();
      for (int i = 0; i < forms.length; i++) {
        if (rows.length(i) > 0) {
          sink.large(rows.isText(i), rows.length(i));
        } else {
          cell(rows.row(), i, sink);
        }
      }
      if (!writer.end(rows)) {
        rows.row().skipRest(pace::check);
        return Optional.empty();
      }
      if (++count % Pace.ROWS == 0 || rows.row().total() - told > Pace.BYTES) {
        told = rows.row().total();
        pace.rows(count, told);
      }
    }
    return Optional.of(finish(count, rows.row()));
  }

  private void cell(CopyRows rows, int i, CellSink sink) {
    int length = rows.length(i);
    if (length < 0) {
      sink.absent();
    } else {
      forms[i].put(rows.bytes(), rows.place(i), length, sink);
    }
  }

  private Loaded finish(long count, CopyRows rows) throws SQLException, IOException {
    writer.finish();
    return new Loaded(count, rows.total(), oddColumns(), 0);
  }

  private Set<Integer> oddColumns() {
    Set<Integer> positions = new HashSet<>();
    for (int i = 0; i < odd.length; i++) {
      if (odd[i].count() > 0) {
        positions.add(i);
      }
    }
    return positions;
  }
}
