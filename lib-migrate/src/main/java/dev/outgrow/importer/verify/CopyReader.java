package dev.outgrow.importer.verify;

import dev.outgrow.error.StatementException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyOut;

/**
 * Reads PostgreSQL's binary COPY format row by row. Written apart from what writes it, so that one
 * cannot excuse the other. Keeps one row and one message of the server in memory. <em>Not
 * thread-safe.</em>
 */
final class CopyReader {
  private static final VarHandle INT16 = view(short[].class);
  private static final VarHandle INT32 = view(int[].class);
  private static final VarHandle INT64 = view(long[].class);
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int FLAGS = SIGNATURE.length;
  private static final int EXTENSION = FLAGS + Integer.BYTES;
  private static final int HEADER = EXTENSION + Integer.BYTES;
  private static final int NO_MORE_ROWS = -1;
  private static final int NULL_FIELD = -1;
  private static final String PROTOCOL_VIOLATION = "08P01";

  private final CopyMessages messages;
  private byte[] buffer = {};
  private int position;
  private int limit;
  private boolean headerRead;
  private final int[] offsets;
  private final int[] lengths;

  CopyReader(CopyOut copy, int fields) {
    this(copy::readFromCopy, fields);
  }

  CopyReader(CopyMessages messages, int fields) {
    this.messages = messages;
    this.offsets = new int[fields];
    this.lengths = new int[fields];
  }

  /** Moves to the next row; returns whether there is one. */
  boolean next() throws SQLException {
    if (!headerRead) {
      readHeader();
    }
    discard();
    need(Short.BYTES);
    int fields = (short) INT16.get(buffer, position);
    position += Short.BYTES;
    if (fields == NO_MORE_ROWS) {
      drain();
      return false;
    }
    if (fields != offsets.length) {
      throw broken("a row of " + fields + " fields instead of " + offsets.length);
    }
    for (int i = 0; i < fields; i++) {
      readField(i);
    }
    return true;
  }

  boolean isNull(int field) {
    return lengths[field] < 0;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset(int field) {
    return offsets[field];
  }

  int length(int field) {
    return lengths[field];
  }

  int int16(int field, int at) {
    return (short) INT16.get(buffer, checked(field, at, Short.BYTES));
  }

  int int32(int field) {
    return (int) INT32.get(buffer, exactly(field, Integer.BYTES));
  }

  long int64(int field) {
    return (long) INT64.get(buffer, exactly(field, Long.BYTES));
  }

  int int8(int field) {
    return buffer[exactly(field, 1)];
  }

  private int exactly(int field, int size) {
    if (lengths[field] != size) {
      throw broken("a field of " + lengths[field] + " bytes instead of " + size);
    }
    return offsets[field];
  }

  private int checked(int field, int at, int size) {
    if (at + size > lengths[field]) {
      throw broken("a field of " + lengths[field] + " bytes, too short for its type");
    }
    return offsets[field] + at;
  }

  static StatementException broken(String sent) {
    return new StatementException(
        "While rows were read back, the server sent " + sent + ".",
        "Check that nothing between here and the server changes what it sends.",
        PROTOCOL_VIOLATION,
        null);
  }

  private void readHeader() throws SQLException {
    need(HEADER);
    if (!Arrays.equals(buffer, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw broken("something else than binary COPY");
    }
    if ((int) INT32.get(buffer, FLAGS) != 0) {
      throw broken("flags that are not known");
    }
    position = HEADER;
    skip((int) INT32.get(buffer, EXTENSION));
    headerRead = true;
  }

  private void skip(int extension) throws SQLException {
    if (extension < 0) {
      throw broken("a header whose extension has " + extension + " bytes");
    }
    need(extension);
    position += extension;
  }

  private void readField(int field) throws SQLException {
    need(Integer.BYTES);
    int length = (int) INT32.get(buffer, position);
    position += Integer.BYTES;
    if (length < NULL_FIELD) {
      throw broken("a field of " + length + " bytes");
    }
    lengths[field] = length;
    if (length > 0) {
      need(length);
    }
    offsets[field] = position;
    position += Math.max(length, 0);
  }

  /**
   * Forgets the rows before this one, so that what {@link #need} gathers is one row at most. The
   * server ends a message with a row; where something in between cuts them otherwise, what is left
   * is moved once it is the smaller part, out of a message that somebody else may be reading too.
   */
  private void discard() {
    int left = limit - position;
    if (left == 0) {
      position = 0;
      limit = 0;
    } else if (left < position) {
      buffer = Arrays.copyOfRange(buffer, position, limit);
      position = 0;
      limit = left;
    }
  }

  /**
   * Makes sure that this many bytes stand at the position. Offsets that were handed out stay right.
   */
  private void need(int bytes) throws SQLException {
    while (limit - position < bytes) {
      byte[] message = messages.next();
      if (message == null) {
        throw broken("half a row");
      }
      if (limit == 0) {
        buffer = message;
        limit = message.length;
      } else {
        append(message);
      }
    }
  }

  private void append(byte[] message) {
    if (buffer.length - limit < message.length) {
      buffer = Arrays.copyOf(buffer, Math.max(limit + message.length, 2 * limit));
    }
    System.arraycopy(message, 0, buffer, limit, message.length);
    limit += message.length;
  }

  /**
   * Reads on to the end, where nothing may come any more, so that the connection is free for the
   * next statement.
   */
  private void drain() throws SQLException {
    int left = limit - position;
    for (byte[] message = messages.next(); message != null; message = messages.next()) {
      left += message.length;
    }
    if (left > 0) {
      throw broken(left + " bytes after the last row");
    }
  }

  private static VarHandle view(Class<?> arrayType) {
    return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
  }
}
