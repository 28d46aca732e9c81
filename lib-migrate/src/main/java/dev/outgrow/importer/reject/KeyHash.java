package dev.outgrow.importer.reject;

import dev.outgrow.importer.source.SourceRow;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the values of a key: 128 bits of SHA-256 over their storage classes and bytes. <em>Not
 * thread-safe.</em>
 */
final class KeyHash {
  /** Stands for what no row offers. */
  static final byte[] NOTHING = {};

  private static final int BYTES = 16;

  private final MessageDigest digest;
  private final ByteBuffer word = ByteBuffer.allocate(1 + Long.BYTES);

  KeyHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Returns the hash of some columns, or null if one of them is null. */
  byte @Nullable [] of(SourceRow row, int first, int step, int count) {
    digest.reset();
    for (int i = 0; i < count; i++) {
      int column = first + i * step;
      switch (row.storageClass(column)) {
        case NULL -> {
          return null;
        }
        case INTEGER -> put('i', row.integer(column));
        case REAL -> put('r', Double.doubleToRawLongBits(row.real(column)));
        case TEXT -> put('t', row.bytes(column));
        case BLOB -> put('b', row.bytes(column));
      }
    }
    return Arrays.copyOf(digest.digest(), BYTES);
  }

  private void put(char storageClass, byte[] bytes) {
    put(storageClass, bytes.length);
    digest.update(bytes);
  }

  private void put(char storageClass, long value) {
    word.clear().put((byte) storageClass).putLong(value);
    digest.update(word.array());
  }
}
