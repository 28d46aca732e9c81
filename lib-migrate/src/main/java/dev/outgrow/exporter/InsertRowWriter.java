package dev.outgrow.exporter;

import dev.outgrow.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has SQLite write the rows of a table that is more than a tree of rows. */
final class InsertRowWriter implements RowWriter, CellSink {
  private static final int BATCH = 500;

  private final SqliteDraft file;
  private final PreparedStatement insert;
  private int column;
  private int batched;
  private @Nullable SQLException failure;

  InsertRowWriter(SqliteDraft file, ExportTable table) throws SQLException {
    this.file = file;
    List<String> names = table.columns().stream().map(ExportColumn::source).toList();
    String marks = String.join(", ", Collections.nCopies(names.size(), "?"));
    this.insert =
        file.connection()
            .prepareStatement(
                "INSERT INTO "
                    + Dialect.SQLITE.quote(table.source())
                    + " ("
                    + Dialect.SQLITE.quoteAll(names)
                    + ") VALUES ("
                    + marks
                    + ")");
    file.run("BEGIN");
  }

  @Override
  public CellSink begin() {
    column = 0;
    return this;
  }

  @Override
  public void end() throws SQLException {
    if (failure != null) {
      throw failure;
    }
    insert.addBatch();
    if (++batched == BATCH) {
      insert.executeBatch();
      batched = 0;
    }
  }

  @Override
  public void finish() throws SQLException {
    if (batched > 0) {
      insert.executeBatch();
    }
    insert.close();
    file.run("COMMIT");
  }

  @Override
  public void absent() {
    bind(i -> insert.setNull(i, Types.NULL));
  }

  @Override
  public void integer(long value) {
    bind(i -> insert.setLong(i, value));
  }

  @Override
  public void real(double value) {
    bind(i -> insert.setDouble(i, value));
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    bind(i -> insert.setString(i, text));
  }

  @Override
  public void blob(byte[] bytes, int offset, int length) {
    byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
    bind(i -> insert.setBytes(i, copy));
  }

  private void bind(Binding binding) {
    try {
      binding.bind(++column);
    } catch (SQLException e) {
      failure = e; // thrown where the row ends
    }
  }

  /** Binds one value. */
  private interface Binding {
    void bind(int index) throws SQLException;
  }
}
