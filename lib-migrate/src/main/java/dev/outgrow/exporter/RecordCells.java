package dev.outgrow.exporter;

import dev.outgrow.importer.source.RealText;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * One row as the record that SQLite keeps in a table's page: sizes and types first, then the
 * values, each as the column's affinity wants it. See "Record Format" in SQLite's "Database File
 * Format". It is read once, from its beginning to its end; values that are not in memory as a whole
 * are read from where they come from. <em>Not thread-safe.</em>
 */
final class RecordCells implements CellSink, Pieces {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int REAL = 7;
  private static final int ZERO = 8;
  private static final int FIRST_BLOB = 12;
  private static final int FIRST_TEXT = 13;
  private static final int MOST_HEADER_LENGTH = 3;

  private final Affinity[] affinities;
  private final int rowidColumn;
  private final byte[] types;
  private byte[] values = new byte[4096];
  private byte[] record = new byte[4096];
  private final int[] largeAt;
  private final int[] largeLengths;
  private Pieces pieces = Pieces.NONE;
  private int column;
  private int typesLength;
  private int valuesLength;
  private int larges;
  private int recordLength;
  private int read;
  private int begun;
  private int largeLeft;
  private long rowid;

  /**
   * Makes a record.
   *
   * @param affinities those of its columns in order
   * @param rowidColumn the column that is the row's id, or -1
   */
  RecordCells(Affinity[] affinities, int rowidColumn) {
    this.affinities = affinities.clone();
    this.rowidColumn = rowidColumn;
    this.types = new byte[affinities.length * Varint.LONGEST];
    this.largeAt = new int[affinities.length];
    this.largeLengths = new int[affinities.length];
  }

  /** Begins another row. */
  void begin() {
    column = 0;
    typesLength = 0;
    valuesLength = 0;
    larges = 0;
  }

  /** Returns the row's id, where one of the columns is it. */
  long rowid() {
    return rowid;
  }

  /**
   * Puts the record together and returns how many bytes it has.
   *
   * @param largeValues where the values come from that are not in memory
   */
  long finish(Pieces largeValues) {
    int header = typesLength + 1;
    while (Varint.length(header) + typesLength > header) {
      header++;
    }
    int length = header + valuesLength;
    if (record.length < length + MOST_HEADER_LENGTH) {
      record = new byte[Math.max(length + MOST_HEADER_LENGTH, 2 * record.length)];
    }
    int at = Varint.put(record, 0, header);
    System.arraycopy(types, 0, record, at, typesLength);
    System.arraycopy(values, 0, record, header, valuesLength);
    recordLength = length;
    read = 0;
    pieces = largeValues;
    return larges == 0 ? length : length + beginLarge(header);
  }

  private long beginLarge(int header) {
    long all = 0;
    for (int i = 0; i < larges; i++) {
      largeAt[i] += header;
      all += largeLengths[i];
    }
    begun = 0;
    largeLeft = largeLengths[0];
    return all;
  }

  @Override
  public void read(byte[] into, int offset, int length) throws IOException, SQLException {
    if (larges == 0) {
      System.arraycopy(record, read, into, offset, length);
      read += length;
      return;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int part = Math.min(end - at, here() - read);
      System.arraycopy(record, read, into, at, part);
      read += part;
      at += part;
      at += large(into, at, end - at);
    }
  }

  /** Returns where the next large value stands, or where the record ends. */
  private int here() {
    return begun < larges ? largeAt[begun] : recordLength;
  }

  private int large(byte[] into, int offset, int length) throws IOException, SQLException {
    if (begun == larges || read < largeAt[begun] || length == 0) {
      return 0;
    }
    int part = Math.min(length, largeLeft);
    pieces.read(into, offset, part);
    largeLeft -= part;
    if (largeLeft == 0 && ++begun < larges) {
      largeLeft = largeLengths[begun];
    }
    return part;
  }

  @Override
  public void large(boolean text, int length) {
    type((text ? FIRST_TEXT : FIRST_BLOB) + 2L * length);
    largeAt[larges] = valuesLength;
    largeLengths[larges++] = length;
    column++;
  }

  @Override
  public void absent() {
    type(0);
    column++;
  }

  @Override
  public void integer(long value) {
    if (column == rowidColumn) {
      rowid = value;
      type(0); // SQLite takes the row's id for it
      column++;
      return;
    }
    switch (affinities[column]) {
      case TEXT -> ascii(Long.toString(value));
      case REAL -> putReal((double) value);
      default -> putInteger(value);
    }
    column++;
  }

  @Override
  public void real(double value) {
    switch (affinities[column]) {
      case TEXT -> ascii(RealText.of(value));
      case INTEGER, NUMERIC -> number(value);
      default -> putReal(value);
    }
    column++;
  }

  private void number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 0x1p63 && !isMinusZero(value)) {
      putInteger((long) value);
    } else {
      putReal(value);
    }
  }

  private static boolean isMinusZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    if (!affinities[column].isNumeric() || !NumberText.put(bytes, offset, length, this)) {
      type(FIRST_TEXT + 2L * length);
      append(bytes, offset, length);
      column++;
    }
  }

  @Override
  public void blob(byte[] bytes, int offset, int length) {
    type(FIRST_BLOB + 2L * length);
    append(bytes, offset, length);
    column++;
  }

  private void ascii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    type(FIRST_TEXT + 2L * bytes.length);
    append(bytes, 0, bytes.length);
  }

  private void putReal(double value) {
    type(REAL);
    room(Long.BYTES);
    INT64.set(values, valuesLength, Double.doubleToRawLongBits(value));
    valuesLength += Long.BYTES;
  }

  private void putInteger(long value) {
    if (value == 0 || value == 1) {
      type(ZERO + value);
      return;
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value) + 1;
    int code =
        bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 24 ? 3 : bits <= 32 ? 4 : bits <= 48 ? 5 : 6;
    int size = code <= 4 ? code : code == 5 ? 6 : 8;
    type(code);
    room(Long.BYTES);
    INT64.set(values, valuesLength, value << (Long.SIZE - size * Byte.SIZE));
    valuesLength += size;
  }

  private void type(long type) {
    typesLength = Varint.put(types, typesLength, type);
  }

  private void append(byte[] bytes, int offset, int length) {
    room(length);
    System.arraycopy(bytes, offset, values, valuesLength, length);
    valuesLength += length;
  }

  private void room(int bytes) {
    if (values.length - valuesLength < bytes) {
      values = Arrays.copyOf(values, Math.max(valuesLength + bytes, 2 * values.length));
    }
  }
}
