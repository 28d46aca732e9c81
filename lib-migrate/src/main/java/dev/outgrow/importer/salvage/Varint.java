package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;

/**
 * SQLite's integers of 1 to 9 bytes: seven bits a byte, the most significant first, and eight in
 * the ninth.
 *
 * @param value the number
 * @param length how many bytes it takes
 */
record Varint(long value, int length) {
  private static final int LONGEST = 9;

  /**
   * Reads one.
   *
   * @throws DamageException if it does not end before the bytes do
   */
  static Varint at(ByteBuffer bytes, int offset, int end) {
    long value = 0;
    for (int i = 0; i < LONGEST; i++) {
      if (offset + i >= end) {
        throw new DamageException("a number ends beyond its page");
      }
      int next = bytes.get(offset + i) & 0xFF;
      if (i == LONGEST - 1) {
        return new Varint((value << 8) | next, LONGEST);
      }
      value = (value << 7) | (next & 0x7F);
      if (next < 0x80) {
        return new Varint(value, i + 1);
      }
    }
    throw new IllegalStateException("The ninth byte ends it");
  }

  /** Returns the bytes of a number. */
  static byte[] of(long number) {
    if (number >>> 56 != 0) {
      byte[] nine = new byte[LONGEST];
      nine[LONGEST - 1] = (byte) number;
      long rest = number >>> 8;
      for (int i = LONGEST - 2; i >= 0; i--) {
        nine[i] = (byte) (0x80 | (rest & 0x7F));
        rest >>>= 7;
      }
      return nine;
    }
    int length = 1;
    for (long rest = number >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    byte[] bytes = new byte[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      bytes[i] = (byte) ((i == length - 1 ? 0 : 0x80) | (rest & 0x7F));
      rest >>>= 7;
    }
    return bytes;
  }
}
