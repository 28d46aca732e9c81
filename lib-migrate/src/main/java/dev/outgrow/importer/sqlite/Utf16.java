package dev.outgrow.importer.sqlite;

import java.io.ByteArrayOutputStream;

/**
 * Turns UTF-16 into UTF-8 without hiding what is wrong with it: a surrogate without its partner
 * becomes the three bytes it would have if it were a character, and an odd last byte becomes 0xFF.
 * Neither is valid UTF-8, so that whoever checks the result finds the fault.
 */
final class Utf16 {
  private static final int ODD_BYTE = 0xFF;

  private Utf16() {}

  static byte[] toUtf8(byte[] utf16, boolean littleEndian) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream(utf16.length + utf16.length / 2);
    int even = utf16.length & ~1;
    for (int at = 0; at < even; at += 2) {
      int unit = unit(utf16, at, littleEndian);
      if (Character.isHighSurrogate((char) unit) && at + 2 < even) {
        int next = unit(utf16, at + 2, littleEndian);
        if (Character.isLowSurrogate((char) next)) {
          write(Character.toCodePoint((char) unit, (char) next), utf8);
          at += 2;
          continue;
        }
      }
      write(unit, utf8);
    }
    if (even < utf16.length) {
      utf8.write(ODD_BYTE);
    }
    return utf8.toByteArray();
  }

  private static int unit(byte[] bytes, int at, boolean littleEndian) {
    int first = bytes[at] & 0xFF;
    int second = bytes[at + 1] & 0xFF;
    return littleEndian ? (second << 8) | first : (first << 8) | second;
  }

  private static void write(int codePoint, ByteArrayOutputStream utf8) {
    if (codePoint < 0x80) {
      utf8.write(codePoint);
    } else if (codePoint < 0x800) {
      utf8.write(0xC0 | (codePoint >> 6));
      utf8.write(continuation(codePoint));
    } else if (codePoint < 0x10000) {
      utf8.write(0xE0 | (codePoint >> 12));
      utf8.write(continuation(codePoint >> 6));
      utf8.write(continuation(codePoint));
    } else {
      utf8.write(0xF0 | (codePoint >> 18));
      utf8.write(continuation(codePoint >> 12));
      utf8.write(continuation(codePoint >> 6));
      utf8.write(continuation(codePoint));
    }
  }

  private static int continuation(int bits) {
    return 0x80 | (bits & 0x3F);
  }
}
