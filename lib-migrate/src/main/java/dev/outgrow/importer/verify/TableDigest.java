package dev.outgrow.importer.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table on one side, condensed to a few thousand sums: each row's hash is added to
 * the bucket that its key belongs to. Two sides are equal when all buckets are; where one is not,
 * only its rows have to be looked at again.
 *
 * <p>Takes 64 KiB, however many rows there are. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class TableDigest {
  private static final int BUCKETS = 4096;

  private final long[] high = new long[BUCKETS];
  private final long[] low = new long[BUCKETS];
  private long rows;
  private boolean large;

  TableDigest() {}

  /** Returns the bucket of a key with this hash. */
  static int bucket(long keyHash) {
    return (int) (keyHash & (BUCKETS - 1));
  }

  void add(long keyHash, long rowHigh, long rowLow) {
    int bucket = bucket(keyHash);
    rows++;
    long sum = low[bucket] + rowLow;
    high[bucket] += rowHigh + carry(low[bucket], sum);
    low[bucket] = sum;
  }

  /** Adds all rows of another one. */
  public void add(TableDigest other) {
    for (int i = 0; i < BUCKETS; i++) {
      long sum = low[i] + other.low[i];
      high[i] += other.high[i] + carry(low[i], sum);
      low[i] = sum;
    }
    rows += other.rows;
    large |= other.large;
  }

  /** Says whether there are cells too large to be in memory as a whole. */
  void holdsLarge(boolean large) {
    this.large = large;
  }

  /** Returns whether there are cells too large to be in memory as a whole. */
  boolean holdsLarge() {
    return large;
  }

  /** Returns how many rows were added. */
  long rows() {
    return rows;
  }

  /** Returns the sum of all buckets. */
  public Checksum checksum() {
    long totalHigh = 0;
    long totalLow = 0;
    for (int i = 0; i < BUCKETS; i++) {
      long sum = totalLow + low[i];
      totalHigh += high[i] + carry(totalLow, sum);
      totalLow = sum;
    }
    return new Checksum(rows, totalHigh, totalLow);
  }

  /** Returns the buckets whose rows are not the same on the other side. */
  List<Integer> differences(TableDigest other) {
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < BUCKETS; i++) {
      if (high[i] != other.high[i] || low[i] != other.low[i]) {
        differing.add(i);
      }
    }
    return differing;
  }

  private static long carry(long before, long after) {
    return Long.compareUnsigned(after, before) < 0 ? 1 : 0;
  }
}
