package dev.outgrow.importer.file;

import dev.outgrow.importer.verify.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands for all rows of a table: the sum, modulo 2<sup>128</sup>, of the first 128 bits of
 * each row's SHA-256. A value goes in with its storage class and its length, so that no two rows
 * give the same bytes. Used once.
 */
final class RowSums {
  private static final int EVERY = 10_000;

  private final MessageDigest digest;
  private final ByteBuffer head = ByteBuffer.allocate(9);
  private long rows;
  private long high;
  private long low;

  private RowSums() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Reads a table and sums it up. */
  static Checksum of(Connection connection, StoredTable table, long most, LongConsumer progress)
      throws SQLException {
    RowSums sums = new RowSums();
    try (StoredRows rows = new StoredRows(connection, table, most)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        sums.add(row);
        if (sums.rows % EVERY == 0) {
          progress.accept(sums.rows);
        }
      }
    }
    return new Checksum(sums.rows, sums.high, sums.low);
  }

  private void add(@Nullable Object[] row) {
    for (Object value : row) {
      feed(value);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    high += hash.getLong();
    long sum = low + hash.getLong();
    high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    low = sum;
    rows++;
  }

  private void feed(@Nullable Object value) {
    if (value instanceof Long whole) {
      head('i', whole);
    } else if (value instanceof Double real) {
      head('r', Double.doubleToRawLongBits(real));
    } else if (value instanceof StoredRows.Text text) {
      head('t', text.utf8().length);
      digest.update(text.utf8());
    } else if (value instanceof byte[] blob) {
      head('b', blob.length);
      digest.update(blob);
    } else if (value == null) {
      head('n', 0);
    } else {
      throw new IllegalStateException("No value of SQLite: " + value.getClass());
    }
  }

  private void head(char storageClass, long number) {
    head.clear().put((byte) storageClass).putLong(number);
    digest.update(head.array());
  }
}
