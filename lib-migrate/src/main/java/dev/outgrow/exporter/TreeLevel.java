package dev.outgrow.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One level of a table's tree above the leaves, while it is filled from left to right: which pages
 * are below, and the largest row id in each. <em>Not thread-safe.</em>
 */
final class TreeLevel {
  private static final byte INTERIOR = 5;
  private static final int HEADER = 12;
  private static final int CELL = Integer.BYTES + Varint.LONGEST + Short.BYTES;

  private final int pageSize;
  private final int most;
  private final int[] pages;
  private final long[] largest;
  private int count;

  /** Makes an empty level of pages of this size. */
  TreeLevel(int pageSize) {
    this.pageSize = pageSize;
    this.most = (pageSize - HEADER) / CELL;
    this.pages = new int[most + 2];
    this.largest = new long[most + 2];
  }

  /** Adds a page of the level below. */
  void add(int page, long largestRowid) {
    pages[count] = page;
    largest[count] = largestRowid;
    count++;
  }

  /** Returns whether a page has to be made of the first before another can be added. */
  boolean isFull() {
    return count == pages.length;
  }

  /** Returns whether one page has room for all of it. */
  boolean fitsOnePage() {
    return count <= most;
  }

  /** Returns whether there is nothing any more. */
  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Makes a page of the first entries, but leaves two at least where it leaves any: a page needs
   * two below it.
   *
   * @param above is told the page
   */
  void shift(PageAppender file, TreeLevel above) throws IOException {
    int taken = count <= most ? count : count - 2;
    above.add(file.add(page(taken)), largest[taken - 1]);
    count -= taken;
    System.arraycopy(pages, taken, pages, 0, count);
    System.arraycopy(largest, taken, largest, 0, count);
  }

  /** Returns the page of all there is. */
  byte[] whole() {
    return page(count);
  }

  /** The last page below has no cell of its own: it is where everything larger is. */
  private byte[] page(int entries) {
    byte[] page = new byte[pageSize];
    ByteBuffer bytes = ByteBuffer.wrap(page);
    int content = pageSize;
    byte[] cell = new byte[Integer.BYTES + Varint.LONGEST];
    for (int i = 0; i < entries - 1; i++) {
      ByteBuffer.wrap(cell).putInt(pages[i]);
      int length = Varint.put(cell, Integer.BYTES, largest[i]);
      content -= length;
      System.arraycopy(cell, 0, page, content, length);
      bytes.putShort(HEADER + i * Short.BYTES, (short) content);
    }
    page[0] = INTERIOR;
    bytes.putShort(3, (short) (entries - 1));
    bytes.putShort(5, (short) content);
    bytes.putInt(8, pages[entries - 1]);
    return page;
  }

  /** Returns the one page that was added. */
  int onlyPage() {
    return pages[0];
  }

  /** Returns the largest row id in it. */
  long onlyLargest() {
    return largest[0];
  }
}
