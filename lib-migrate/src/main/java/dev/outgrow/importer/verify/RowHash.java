package dev.outgrow.importer.verify;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 128-bit hash of a sequence of 64-bit words: MurmurHash3's x64 variant with seed 0, over the
 * words as little-endian bytes. Bytes are padded with zeros to whole words; whoever puts bytes puts
 * their length first.
 *
 * <p>It finds faults, not forgers: two different rows have the same hash with a probability of
 * about 2<sup>-128</sup>. <em>Not thread-safe.</em>
 */
final class RowHash {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PAIR = 2 * Long.BYTES;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long h1;
  private long h2;
  private long pending;
  private long words;

  /** Forgets everything. */
  void reset() {
    h1 = 0;
    h2 = 0;
    words = 0;
  }

  void put(long word) {
    if ((words++ & 1) == 0) {
      pending = word;
    } else {
      mix(pending, word);
    }
  }

  void put(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    if ((words & 1) == 1 && end - at >= Long.BYTES) {
      put((long) WORDS.get(bytes, at));
      at += Long.BYTES;
    }
    if (end - at >= PAIR) {
      at = pairs(bytes, at, end);
    }
    if (end - at >= Long.BYTES) {
      put((long) WORDS.get(bytes, at));
      at += Long.BYTES;
    }
    if (at < end) {
      put(rest(bytes, at, end - at));
    }
  }

  /** Mixes as many pairs of words as there are, and returns what comes behind them. */
  private int pairs(byte[] bytes, int from, int end) {
    long first = h1;
    long second = h2;
    int at = from;
    for (; end - at >= PAIR; at += PAIR) {
      first ^= mixFirst((long) WORDS.get(bytes, at));
      first = Long.rotateLeft(first, 27) + second;
      first = first * 5 + 0x52dce729;
      second ^= mixSecond((long) WORDS.get(bytes, at + Long.BYTES));
      second = Long.rotateLeft(second, 31) + first;
      second = second * 5 + 0x38495ab5;
    }
    h1 = first;
    h2 = second;
    words += (at - from) / Long.BYTES;
    return at;
  }

  /** Returns fewer than eight bytes as a word; what stands behind them is not looked at. */
  private static long rest(byte[] bytes, int at, int count) {
    if (bytes.length - at >= Long.BYTES) {
      return (long) WORDS.get(bytes, at) & ((1L << (count * Byte.SIZE)) - 1);
    }
    long rest = 0;
    for (int i = 0; i < count; i++) {
      rest |= (bytes[at + i] & 0xFFL) << (i * Byte.SIZE);
    }
    return rest;
  }

  /**
   * Ends the sequence; {@link #high()} and {@link #low()} are the hash until the next {@link
   * #reset()}.
   */
  void finish() {
    if ((words & 1) == 1) {
      h1 ^= mixFirst(pending);
    }
    long bytes = words * Long.BYTES;
    h1 ^= bytes;
    h2 ^= bytes;
    h1 += h2;
    h2 += h1;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h1 += h2;
    h2 += h1;
  }

  long high() {
    return h1;
  }

  long low() {
    return h2;
  }

  private void mix(long k1, long k2) {
    h1 ^= mixFirst(k1);
    h1 = Long.rotateLeft(h1, 27) + h2;
    h1 = h1 * 5 + 0x52dce729;
    h2 ^= mixSecond(k2);
    h2 = Long.rotateLeft(h2, 31) + h1;
    h2 = h2 * 5 + 0x38495ab5;
  }

  private static long mixFirst(long k1) {
    return Long.rotateLeft(k1 * C1, 31) * C2;
  }

  private static long mixSecond(long k2) {
    return Long.rotateLeft(k2 * C2, 33) * C1;
  }

  private static long avalanche(long value) {
    long k = value;
    k ^= k >>> 33;
    k *= 0xff51afd7ed558ccdL;
    k ^= k >>> 33;
    k *= 0xc4ceb9fe1a85ec53L;
    return k ^ (k >>> 33);
  }
}
