package dev.outgrow.exporter;

/** SQLite's numbers of one to nine bytes: seven bits in each, eight in the ninth. */
final class Varint {
  /** The most bytes of one. */
  static final int LONGEST = 9;

  private static final int BITS = 7;
  private static final int MORE = 0x80;

  private Varint() {}

  /** Returns how many bytes a number takes. */
  static int length(long value) {
    int length = 1;
    for (long rest = value >>> BITS; rest != 0; rest >>>= BITS) {
      length++;
    }
    return Math.min(length, LONGEST);
  }

  /** Writes a number, and returns where it ends. */
  static int put(byte[] bytes, int at, long value) {
    if (value >= 0 && value < MORE) {
      bytes[at] = (byte) value;
      return at + 1;
    }
    int length = length(value);
    long rest = value;
    int last = at + length - 1;
    if (length == LONGEST) {
      bytes[last] = (byte) rest;
      rest >>>= Byte.SIZE;
    } else {
      bytes[last] = (byte) (rest & (MORE - 1));
      rest >>>= BITS;
    }
    for (int i = last - 1; i >= at; i--) {
      bytes[i] = (byte) ((rest & (MORE - 1)) | MORE);
      rest >>>= BITS;
    }
    return at + length;
  }
}
