package dev.outgrow.exporter;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
   */
  Loaded run(String order) throws SQLException, IOException {
    CopyRows rows = new CopyRows(snapshot.copy(table.select() + order), forms.length);
    long count = 0;
    while (rows.next()) {
      row(rows);
      if (++count % Pace.ROWS == 0) {
        pace.rows(count, rows.total());
      }
    }
    writer.finish();
    return new Loaded(count, rows.total(), oddColumns(), 0);
  }

  private void row(CopyRows rows) throws SQLException, IOException {
    CellSink sink = writer.begin();
    byte[] bytes = rows.bytes();
    for (int i = 0; i < forms.length; i++) {
      int length = rows.length(i);
      if (length < 0) {
        sink.absent();
      } else {
        forms[i].put(bytes, rows.place(i), length, sink);
      }
    }
    writer.end();
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
