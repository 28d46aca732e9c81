package dev.outgrow.importer.reading;

import java.util.Arrays;

/**
 * A date and time as text whose seventh to ninth decimals are taken off.
 *
 * @param text what is left
 * @param dropped whether one of them was not zero
 * @param carry 1 where the rest has to be rounded up, halves to the even microsecond; otherwise 0
 */
@SuppressWarnings("ArrayRecordComponent") // read once
record FineText(byte[] text, boolean dropped, int carry) {
  private static final int KEPT = 6;
  private static final int MOST = 9;
  private static final int HALF = 500;

  static FineText of(byte[] text) {
    int point = indexOf(text, (byte) '.');
    int end = point + 1;
    while (point >= 0 && end < text.length && text[end] >= '0' && text[end] <= '9') {
      end++;
    }
    int digits = end - point - 1;
    return point < 0 || digits <= KEPT || digits > MOST
        ? new FineText(text, false, 0)
        : cut(text, point + 1 + KEPT, end);
  }

  private static FineText cut(byte[] text, int from, int end) {
    int rest = 0;
    for (int i = from; i < from + MOST - KEPT; i++) {
      rest = rest * 10 + (i < end ? text[i] - '0' : 0);
    }
    boolean odd = (text[from - 1] - '0') % 2 == 1;
    byte[] kept = Arrays.copyOf(text, text.length - (end - from));
    System.arraycopy(text, end, kept, from, text.length - end);
    return new FineText(kept, rest != 0, rest > HALF || (rest == HALF && odd) ? 1 : 0);
  }

  private static int indexOf(byte[] text, byte wanted) {
    for (int i = 0; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
