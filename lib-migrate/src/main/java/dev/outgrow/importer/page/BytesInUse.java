package dev.outgrow.importer.page;

import java.util.Arrays;

/**
 * Which bytes of a page are whose: none is that of two cells or free blocks, and as many are
 * nobody's as the page says. <em>Not thread-safe.</em>
 */
final class BytesInUse {
  private static final int FIRST_FREE = 1;
  private static final int CONTENT = 5;
  private static final int FRAGMENTS = 7;
  private static final int SMALLEST_BLOCK = 4;
  private static final int LARGEST_PAGE = 65_536;

  private final int usable;
  private final long[] taken;
  private int content;
  private int left;
  private int number;

  BytesInUse(int usable) {
    this.usable = usable;
    this.taken = new long[(usable + Long.SIZE - 1) / Long.SIZE];
  }

  /**
   * Begins with the free blocks of a page.
   *
   * @param header where the page's header begins
   * @param least where its cells may begin
   */
  void begin(Page page, int header, int least) throws UnknownFormatException {
    number = page.number();
    int said = page.uint16(header + CONTENT);
    content = said == 0 ? LARGEST_PAGE : said;
    if (content < least || content > usable) {
      throw new UnknownFormatException(number, "cells from byte " + content + " on");
    }
    left = usable - content;
    Arrays.fill(taken, 0);
    int block = page.uint16(header + FIRST_FREE);
    while (block != 0) {
      int next = page.uint16(block);
      int size = page.uint16(block + 2);
      if (size < SMALLEST_BLOCK || (next != 0 && next < block + size + SMALLEST_BLOCK)) {
        throw new UnknownFormatException(number, "a free block at byte " + block);
      }
      add(block, size);
      block = next;
    }
  }

  /** Takes some bytes. */
  void add(int from, int size) throws UnknownFormatException {
    int to = from + size;
    if (from < content || to > usable || isTaken(from, to)) {
      throw new UnknownFormatException(number, "a cell at byte " + from);
    }
    left -= size;
  }

  /** Takes them, if nobody has yet; returns whether somebody had. */
  private boolean isTaken(int from, int to) {
    int first = from / Long.SIZE;
    int last = (to - 1) / Long.SIZE;
    long head = -1L << from;
    long tail = -1L >>> -to;
    if (first == last) {
      return isTaken(first, head & tail);
    }
    boolean any = isTaken(first, head);
    for (int word = first + 1; word < last; word++) {
      any |= isTaken(word, -1L);
    }
    any |= isTaken(last, tail);
    return any;
  }

  private boolean isTaken(int word, long bits) {
    boolean any = (taken[word] & bits) != 0;
    taken[word] |= bits;
    return any;
  }

  /** Ends with what belongs to nobody. */
  void end(Page page, int header) throws UnknownFormatException {
    if (left != page.uint8(header + FRAGMENTS)) {
      throw new UnknownFormatException(number, left + " bytes that are nobody's");
    }
  }
}
