package dev.outgrow.importer.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The checksum of SQLite's write-ahead log: two sums that run on from frame to frame; see "Checksum
 * Algorithm" in SQLite's "WAL-mode File Format". <em>Not thread-safe.</em>
 */
final class WalChecksum {
  private final ByteOrder order;
  private int first;
  private int second;

  /** Begins with sums that were reached before, as {@link #value()} gives them. */
  WalChecksum(ByteOrder order, long before) {
    this.order = order;
    this.first = (int) (before >>> Integer.SIZE);
    this.second = (int) before;
  }

  /** Adds bytes: a multiple of eight. */
  void add(byte[] bytes, int start, int length) {
    ByteBuffer words = ByteBuffer.wrap(bytes, start, length).order(order);
    while (words.hasRemaining()) {
      first += words.getInt() + second;
      second += words.getInt() + first;
    }
  }

  /** Returns both sums. */
  long value() {
    return ((long) first << Integer.SIZE) | (second & 0xFFFFFFFFL);
  }
}
