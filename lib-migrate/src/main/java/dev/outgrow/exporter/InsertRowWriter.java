package dev.outgrow.exporter;

import dev.outgrow.error.TargetException;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has SQLite write the rows of a table that is more than a tree of rows. */
final class InsertRowWriter implements RowWriter, CellSink {
  private static final int BATCH = 500;
  private static final long BATCH_BYTES = 1 << 20;
  private static final int SHARE_OF_HEAP = 8;

  private final SqliteDraft file;
  private final String name;
  private final PreparedStatement insert;
  private final List<Large> larges = new ArrayList<>();
  private int column;
  private int batched;
  private long bytes;
  private long largeBytes;
  private @Nullable SQLException failure;

  InsertRowWriter(SqliteDraft file, ExportTable table) throws SQLException {
    this.file = file;
    this.name = table.source();
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
    largeBytes = 0;
    return this;
  }

  @Override
  public boolean end(Pieces pieces) throws IOException, SQLException {
    for (Large each : larges) {
      each.bind(pieces);
    }
    larges.clear();
    if (failure != null) {
      throw failure;
    }
    insert.addBatch();
    if (++batched == BATCH || bytes >= BATCH_BYTES) {
      insert.executeBatch();
      batched = 0;
      bytes = 0;
    }
    return true;
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
    this.bytes += length;
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    bind(i -> insert.setString(i, text));
  }

  /** SQLite inserts a value as a whole, so it has to be in memory, several times over. */
  @Override
  public void large(boolean text, int length) {
    long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    largeBytes += length;
    if (largeBytes > most) {
      throw new TargetException(
          name,
          List.of(),
          "Table "
              + name
              + " holds a row with values of "
              + largeBytes
              + " bytes, and as SQLite has to insert its rows by itself (it is WITHOUT ROWID, virtual, or has"
              + " computed columns), they may have "
              + most
              + " bytes in a heap of this size.",
          "Give Java a heap of " + SHARE_OF_HEAP + " times their size (-Xmx).",
          null);
    }
    bytes += length;
    larges.add(new Large(text, ++column, length));
  }

  @Override
  public void blob(byte[] bytes, int offset, int length) {
    this.bytes += length;
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

  /** A value that is read when its row ends. */
  private final class Large {
    private final boolean text;
    private final int index;
    private final int length;

    Large(boolean text, int index, int length) {
      this.text = text;
      this.index = index;
      this.length = length;
    }

    void bind(Pieces pieces) throws IOException, SQLException {
      byte[] value = new byte[length];
      pieces.read(value, 0, length);
      if (text) {
        insert.setString(index, new String(value, StandardCharsets.UTF_8));
      } else {
        insert.setBytes(index, value);
      }
    }
  }

  /** Binds one value. */
  private interface Binding {
    void bind(int index) throws SQLException;
  }
}
