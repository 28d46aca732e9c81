package dev.outgrow.importer.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads numbers as SQLite writes them, from bytes of which nobody knows that they are right. All
 * are big-endian.
 */
final class Bytes {
  private static final VarHandle INT16 = view(short[].class);
  private static final VarHandle INT32 = view(int[].class);
  private static final VarHandle INT64 = view(long[].class);
  private static final int LONGEST_VARINT = 9;

  private Bytes() {}

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /** Returns the signed number in so many bytes: 1, 2, 3, 4, 6 or 8. */
  static long integer(byte[] bytes, int at, int length) {
    return switch (length) {
      case 1 -> bytes[at];
      case 2 -> (short) INT16.get(bytes, at);
      case 3 -> ((long) bytes[at] << 16) | ((short) INT16.get(bytes, at + 1) & 0xFFFF);
      case 4 -> (int) INT32.get(bytes, at);
      case 6 ->
          ((long) (short) INT16.get(bytes, at) << 32)
              | ((int) INT32.get(bytes, at + 2) & 0xFFFFFFFFL);
      case 8 -> (long) INT64.get(bytes, at);
      default -> throw new IllegalArgumentException("No number has " + length + " bytes");
    };
  }

  /**
   * Returns the number of variable length that begins somewhere: seven bits a byte, and all eight
   * of a ninth.
   *
   * @param end where it must have ended
   * @throws IndexOutOfBoundsException if it has not
   */
  static long varint(byte[] bytes, int at, int end) {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT - 1; i++) {
      byte next = bytes[checked(at + i, end)];
      value = (value << 7) | (next & 0x7F);
      if (next >= 0) {
        return value;
      }
    }
    return (value << 8) | (bytes[checked(at + LONGEST_VARINT - 1, end)] & 0xFF);
  }

  /** Returns how many bytes the number of variable length takes that begins somewhere. */
  static int varintLength(byte[] bytes, int at) {
    int length = 1;
    while (length < LONGEST_VARINT && bytes[at + length - 1] < 0) {
      length++;
    }
    return length;
  }

  private static int checked(int at, int end) {
    if (at >= end) {
      throw new IndexOutOfBoundsException(at);
    }
    return at;
  }
}
