package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.CellStream;
import dev.outgrow.importer.source.SourceRow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the frame of PostgreSQL's binary COPY format (PostgreSQL's documentation, "COPY", section
 * "Binary Format"): a header, rows of fields each led by its length, and a trailer. All numbers are
 * big-endian.
 *
 * <p>A field may be larger than a chunk. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class CopyWriter {
  /** The least size of a chunk in bytes: the longest piece that is written whole must fit. */
  static final int LEAST_CHUNK = 64;

  private static final VarHandle INT16 = view(short[].class);
  private static final VarHandle INT32 = view(int[].class);
  private static final VarHandle INT64 = view(long[].class);
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int NULL_FIELD = -1;
  private static final int TRAILER = -1;
  private static final int SCRAP_CHUNK = 8 << 10;

  private final ChunkExchange exchange;
  private Chunk chunk;
  private byte[] buffer;
  private int position;
  private long written;

  /**
   * Makes a writer.
   *
   * @param exchange takes each chunk as it is full
   * @param first the chunk to begin with, of at least 64 bytes
   */
  public CopyWriter(ChunkExchange exchange, Chunk first) {
    if (first.bytes().length < LEAST_CHUNK) {
      throw new IllegalArgumentException("A chunk has at least " + LEAST_CHUNK + " bytes");
    }
    this.exchange = exchange;
    this.chunk = first;
    this.buffer = first.bytes();
  }

  /** Returns a writer whose every chunk is thrown away. */
  public static CopyWriter toNowhere() {
    return new CopyWriter(full -> full, new Chunk(SCRAP_CHUNK));
  }

  /** Writes the header: no flags, no extension. */
  public void header() {
    bytes(SIGNATURE, 0, SIGNATURE.length);
    int32(0);
    int32(0);
  }

  /** Writes the trailer and hands over what is left. Nothing may be written afterwards. */
  public void trailer() {
    int16(TRAILER);
    flush();
  }

  /** Returns how many bytes were written so far. */
  public long written() {
    return written + position;
  }

  /** Begins a row of this many fields. */
  void row(int fields) {
    int16(fields);
  }

  /** Writes a whole field that is null. */
  void nullField() {
    int32(NULL_FIELD);
  }

  /** Writes a whole field of eight bytes. */
  void field(long value) {
    ensure(Integer.BYTES + Long.BYTES);
    INT32.set(buffer, position, Long.BYTES);
    INT64.set(buffer, position + Integer.BYTES, value);
    position += Integer.BYTES + Long.BYTES;
  }

  /** Writes a whole field of four bytes. */
  void shortField(int value) {
    int32(Integer.BYTES);
    int32(value);
  }

  /** Writes a whole field of one byte. */
  void byteField(int value) {
    int32(1);
    ensure(1);
    buffer[position++] = (byte) value;
  }

  /** Writes a whole field of these bytes. */
  void field(byte[] bytes) {
    int32(bytes.length);
    bytes(bytes, 0, bytes.length);
  }

  /** Writes a whole field of so many bytes of an array. */
  void field(byte[] array, int offset, int length) {
    int32(length);
    if (buffer.length - position >= length) {
      System.arraycopy(array, offset, buffer, position, length);
      position += length;
    } else {
      bytes(array, offset, length);
    }
  }

  /** Writes a whole field of one byte and these bytes. */
  void field(int first, byte[] bytes) {
    int32(1 + bytes.length);
    ensure(1);
    buffer[position++] = (byte) first;
    bytes(bytes, 0, bytes.length);
  }

  /** Writes the bytes of a cell as a whole field; a large one piece by piece. */
  void cell(SourceRow row, int column) {
    if (row.isLarge(column)) {
      try (CellStream bytes = row.stream(column)) {
        field(Math.toIntExact(row.length(column)), bytes);
      }
    } else {
      field(row.array(column), row.offset(column), (int) row.length(column));
    }
  }

  private void field(int length, CellStream bytes) {
    int32(length);
    int left = length;
    while (left > 0) {
      if (position == buffer.length) {
        flush();
      }
      int read = bytes.read(buffer, position, Math.min(left, buffer.length - position));
      if (read < 0) {
        throw new IllegalStateException(left + " bytes of a field of " + length + " are missing");
      }
      position += read;
      left -= read;
    }
  }

  /** Begins a field of this many bytes, which must follow. */
  void fieldLength(int length) {
    int32(length);
  }

  /** Writes the low 16 bits. */
  void int16(int value) {
    ensure(Short.BYTES);
    INT16.set(buffer, position, (short) value);
    position += Short.BYTES;
  }

  private void int32(int value) {
    ensure(Integer.BYTES);
    INT32.set(buffer, position, value);
    position += Integer.BYTES;
  }

  private void bytes(byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (position == buffer.length) {
        flush();
      }
      int part = Math.min(left, buffer.length - position);
      System.arraycopy(source, from, buffer, position, part);
      position += part;
      from += part;
      left -= part;
    }
  }

  private void ensure(int length) {
    if (buffer.length - position < length) {
      flush();
    }
  }

  private void flush() {
    chunk.fill(position);
    written += position;
    position = 0;
    chunk = exchange.exchange(chunk);
    buffer = chunk.bytes();
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }
}
