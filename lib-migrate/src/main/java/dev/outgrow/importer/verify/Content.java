package dev.outgrow.importer.verify;

import java.util.Arrays;

/**
 * Text or bytes that come in pieces of any size, condensed to what {@link Canonical#bytes} hashes
 * for all of them at once. <em>Not thread-safe.</em>
 */
final class Content {
  private final byte[] first = new byte[Canonical.LONGEST_WHOLE];
  private final RowHash hash = new RowHash();
  private long length;
  private long word;
  private int wordBytes;

  /** Forgets everything. */
  void reset() {
    hash.reset();
    length = 0;
    word = 0;
    wordBytes = 0;
  }

  /** Adds the next piece. */
  void add(byte[] piece, int offset, int count) {
    if (length < first.length) {
      int part = (int) Math.min(count, first.length - length);
      System.arraycopy(piece, offset, first, (int) length, part);
    }
    length += count;
    int at = offset;
    int end = offset + count;
    while (at < end && wordBytes > 0) {
      add(piece[at++]);
    }
    int whole = (end - at) & -Long.BYTES;
    hash.put(piece, at, whole);
    for (at += whole; at < end; at++) {
      add(piece[at]);
    }
  }

  private void add(byte one) {
    word |= (one & 0xFFL) << (wordBytes * Byte.SIZE);
    if (++wordBytes == Long.BYTES) {
      hash.put(word);
      word = 0;
      wordBytes = 0;
    }
  }

  /** Hashes it in its canonical form; no more pieces may be added. */
  void finish() {
    if (wordBytes > 0) {
      hash.put(word);
      wordBytes = 0;
    }
    hash.finish();
  }

  /** Puts the canonical form, after {@link #finish}. */
  void put(RowHash target) {
    if (length <= first.length) {
      Canonical.bytes(first, 0, (int) length, target);
    } else {
      Canonical.condensed(length, hash, target);
    }
  }

  /** Returns how many bytes there were. */
  long length() {
    return length;
  }

  /** Returns the first of the bytes, some thousand at most. */
  byte[] beginning() {
    return Arrays.copyOf(first, (int) Math.min(length, first.length));
  }
}
