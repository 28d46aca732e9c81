package dev.outgrow.exporter;

import dev.outgrow.error.StatementException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** The rows of a binary COPY, one after the other. <em>Not thread-safe.</em> */
final class CopyRows {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEADER = SIGNATURE.length + 2 * Integer.BYTES;
  private static final String PROTOCOL_VIOLATION = "08P01";

  private final CopyOut copy;
  private final Consumer<byte[]> witness;
  private final int[] places;
  private final int[] lengths;
  private byte[] message = {};
  private int at;
  private boolean begun;
  private long bytes;

  /**
   * Begins.
   *
   * @param columns how many a row has
   * @param witness is shown each message of the server
   */
  CopyRows(CopyOut copy, int columns, Consumer<byte[]> witness) {
    this.copy = copy;
    this.witness = witness;
    this.places = new int[columns];
    this.lengths = new int[columns];
  }

  /** Moves to the next row, and returns whether there is one. */
  boolean next() throws SQLException {
    if (!begun) {
      begin();
    }
    need(Short.BYTES);
    int columns = ByteBuffer.wrap(message, at, Short.BYTES).getShort();
    if (columns < 0) {
      while (message() != null) {
        // up to the server's word that it is done
      }
      return false;
    }
    if (columns != places.length) {
      throw broken("a row of " + columns + " columns instead of " + places.length);
    }
    int start = at;
    at += Short.BYTES;
    for (int i = 0; i < columns; i++) {
      column(i);
    }
    bytes += at - start;
    return true;
  }

  private void column(int i) throws SQLException {
    int length = int32();
    lengths[i] = length;
    if (length > 0) {
      need(length);
    }
    places[i] = at;
    at += Math.max(length, 0);
  }

  private void begin() throws SQLException {
    need(HEADER);
    if (!Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw broken("something else than binary COPY");
    }
    at = HEADER;
    begun = true;
  }

  private int int32() throws SQLException {
    need(Integer.BYTES);
    int value = Forms.int32(message, at);
    at += Integer.BYTES;
    return value;
  }

  private byte @Nullable [] message() throws SQLException {
    byte[] sent = copy.readFromCopy();
    if (sent != null) {
      witness.accept(sent);
    }
    return sent;
  }

  /** A message of the server is a row as a rule; whatever is in between may cut it otherwise. */
  private void need(int count) throws SQLException {
    while (message.length - at < count) {
      byte[] more = message();
      if (more == null) {
        throw broken("half a row");
      }
      if (at == message.length) {
        message = more;
        at = 0;
      } else {
        int before = message.length;
        message = Arrays.copyOf(message, before + more.length);
        System.arraycopy(more, 0, message, before, more.length);
      }
    }
  }

  /**
   * Leaves the rest out, up to the server's word that it is done: a statement that is cancelled
   * would end the transaction, and with it the moment.
   *
   * @param check is asked every few thousand rows; what it throws ends it
   */
  void skipRest(Runnable check) throws SQLException {
    for (long skipped = 1; copy.readFromCopy() != null; skipped++) {
      if (skipped % Pace.ROWS == 0) {
        check.run();
      }
    }
  }

  /** Returns what holds the row's values. */
  byte[] bytes() {
    return message;
  }

  /** Returns where a value begins. */
  int place(int column) {
    return places[column];
  }

  /** Returns how many bytes a value has; less than 0 of null. */
  int length(int column) {
    return lengths[column];
  }

  /**
   * Looks whether as many rows were read as the server says to have sent.
   *
   * @throws StatementException if not
   */
  void requireSent(long rows) {
    long sent = copy.getHandledRowCount();
    if (sent != rows) {
      throw broken(rows + " rows, and says " + sent);
    }
  }

  /** Returns how many bytes all rows so far had. */
  long total() {
    return bytes;
  }

  static StatementException broken(String sent) {
    return new StatementException(
        "While rows were read, the server sent " + sent + ".",
        "Check that nothing between here and the server changes what it sends.",
        PROTOCOL_VIOLATION,
        null);
  }
}
