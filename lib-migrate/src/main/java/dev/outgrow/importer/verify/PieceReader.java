package dev.outgrow.importer.verify;

import dev.outgrow.error.StatementException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link LargeReadBack} asks for: condenses the pieces of each row's large cells, and
 * stops at the row itself. That they come in order is not taken on trust. <em>Not thread-safe.</em>
 */
final class PieceReader {
  private final CopyReader reader;
  private final int columns;
  private final Content[] contents;
  private final long[] expected;
  private int column = LargeReadBack.ROW;
  private int pieces;

  PieceReader(CopyReader reader, int columns) {
    this.reader = reader;
    this.columns = columns;
    this.contents = new Content[columns];
    this.expected = new long[columns];
  }

  /** Moves to the next row; returns whether there is one. */
  boolean next() throws SQLException {
    for (int i = 0; i < columns; i++) {
      expected[i] = 0;
    }
    column = LargeReadBack.ROW;
    while (reader.next()) {
      int of = reader.int32(columns);
      if (of == LargeReadBack.ROW) {
        finish();
        return true;
      }
      take(of);
    }
    if (column != LargeReadBack.ROW) {
      throw broken("pieces of a value without their row");
    }
    return false;
  }

  /** Returns the content of a large cell, or null for a cell that is not large. */
  @Nullable Content content(int position) {
    return expected[position] == 0 ? null : contents[position];
  }

  private void take(int of) {
    if (of != column) {
      begin(of);
    }
    int bytes = reader.int32(columns + 2);
    if (reader.int32(columns + 1) != pieces++ || bytes != expected[of]) {
      throw broken("the pieces of a value in another order");
    }
    contents[of].add(
        reader.buffer(), reader.offset(columns + 3), Math.max(reader.length(columns + 3), 0));
  }

  private void begin(int of) {
    finish();
    if (of <= column || of >= columns) {
      throw broken("the values of a row in another order");
    }
    column = of;
    pieces = 0;
    expected[of] = reader.int32(columns + 2);
    if (contents[of] == null) {
      contents[of] = new Content();
    }
    contents[of].reset();
  }

  /** Ends the value whose pieces came last. */
  private void finish() {
    if (column != LargeReadBack.ROW) {
      if (contents[column].length() != expected[column]) {
        throw broken("not all pieces of a value");
      }
      contents[column].finish();
    }
  }

  private static StatementException broken(String sent) {
    return CopyReader.broken(sent);
  }
}
