package dev.outgrow.importer.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says whether bytes are text that PostgreSQL takes: UTF-8 as RFC 3629 has it (no overlong form, no
 * surrogate, nothing above U+10FFFF), and without NUL. The raw bytes decide; a decoded String would
 * hide a fault behind U+FFFD.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Utf8 {
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final int BUFFER = 64 << 10;
  private static final int LONGEST = 4;

  private Utf8() {}

  /** Returns the offset of the first byte that begins something invalid, or -1. */
  public static int firstFault(byte[] bytes) {
    return firstFault(bytes, 0);
  }

  /** The same from an offset on, where a character begins. */
  public static int firstFault(byte[] bytes, int from) {
    return firstFault(bytes, from, bytes.length);
  }

  /** The same of bytes that come one after the other. They are read, but not closed. */
  public static long firstFault(CellStream stream) {
    byte[] buffer = new byte[BUFFER];
    long before = 0;
    int kept = 0;
    while (true) {
      int read = stream.read(buffer, kept, BUFFER - kept);
      int end = kept + Math.max(read, 0);
      int fault = firstFault(buffer, 0, end);
      if (fault >= 0 && (read < 0 || end - fault >= LONGEST)) {
        return before + fault;
      }
      if (read < 0) {
        return -1;
      }
      int checked =
          fault < 0 ? end : fault; // what may be the half of a character is looked at again
      kept = end - checked;
      System.arraycopy(buffer, checked, buffer, 0, kept);
      before += checked;
    }
  }

  /** The same up to an end, behind which no character goes on. */
  public static int firstFault(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      if (end - at >= Long.BYTES) {
        int plain = plainBytes((long) INT64.get(bytes, at));
        at += plain;
        if (plain == Long.BYTES) {
          continue;
        }
      }
      int length = lengthAt(bytes, at, end);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /**
   * Returns how many of eight bytes come before the first that is zero or not ASCII. Behind a zero
   * the subtraction may mark what is plain; before it never does.
   */
  private static int plainBytes(long word) {
    return Long.numberOfTrailingZeros((word | (word - LOW_BITS)) & HIGH_BITS) / Byte.SIZE;
  }

  /** Returns how many bytes the character at this offset has, or 0 if it is invalid. */
  private static int lengthAt(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first == 0 ? 0 : 1;
    }
    if (first >= 0xC2 && first < 0xE0) { // by far the most
      return end - at >= 2 && (bytes[at + 1] & 0xC0) == 0x80 ? 2 : 0;
    }
    int length = first >= 0xF0 ? 4 : 3;
    if (first < 0xE0 || first > 0xF4 || end - at < length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return isCanonical(first, bytes[at + 1] & 0xFF) ? length : 0;
  }

  /**
   * Returns whether the first two bytes rule out an overlong form, a surrogate and what is above
   * U+10FFFF.
   */
  private static boolean isCanonical(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }
}
