package dev.outgrow.importer.page;

import java.util.Arrays;

/**
 * The bytes of one cell's record: in its page where all are there, else put together with those in
 * the chain of overflow pages. <em>Not thread-safe.</em>
 */
final class Payload {
  /** What a cell keeps of a record that is too long for its page; see SQLite's "File Format". */
  private static final int RESERVE_OF_ROWID_TABLE = 35;

  private static final int POINTER = 4;

  private final Pages pages;
  private final long most;
  private byte[] assembled = {};

  /** The array that holds the record. */
  byte[] bytes = {};

  /** Where it begins in the array. */
  int start;

  /** How many bytes it has. */
  int length;

  /**
   * Prepares.
   *
   * @param pages the pages
   * @param most the most bytes of a record that is read as a whole
   */
  Payload(Pages pages, long most) {
    this.pages = pages;
    this.most = most;
  }

  /**
   * Takes a cell's record.
   *
   * @param page the page the cell is in
   * @param at where the record begins in the page
   * @param total how many bytes it has
   * @param table whether it is a cell of a table with rowids
   * @return whether it was taken; false if it is too large to be read as a whole
   */
  boolean take(Page page, int at, long total, boolean table) throws UnknownFormatException {
    int inPage = inPage(page, total, table);
    if (at + inPage > pages.usable()) {
      throw new UnknownFormatException(page.number(), "a cell that goes beyond the page");
    }
    if (total > most) {
      return false;
    }
    int local = local((int) total, table);
    length = (int) total;
    if (local == total) {
      bytes = page.bytes();
      start = page.start() + at;
    } else {
      assemble(page, at, local);
    }
    return true;
  }

  /** Returns how many bytes of a record, and of the pointer to the rest, are in a cell's page. */
  int inPage(Page page, long total, boolean table) throws UnknownFormatException {
    if (total < 0 || total > Integer.MAX_VALUE || total > (long) pages.count() * pages.usable()) {
      throw new UnknownFormatException(page.number(), "a record of " + total + " bytes");
    }
    int local = local((int) total, table);
    return local + (local < total ? POINTER : 0);
  }

  /** Returns how many bytes of a record are in its cell's page. */
  int local(int total, boolean table) {
    int usable = pages.usable();
    int largest = table ? usable - RESERVE_OF_ROWID_TABLE : (usable - 12) * 64 / 255 - 23;
    if (total <= largest) {
      return total;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int kept = least + (total - least) % (usable - POINTER);
    return kept <= largest ? kept : least;
  }

  private void assemble(Page page, int at, int local) throws UnknownFormatException {
    if (assembled.length < length) {
      assembled = new byte[Math.max(length, (int) Math.min(most, 2L * assembled.length))];
    }
    System.arraycopy(page.bytes(), page.start() + at, assembled, 0, local);
    int next = page.int32(at + local);
    int piece = pages.usable() - POINTER;
    for (int done = local; done < length; done += piece) {
      Page overflow = pages.read(next);
      int bytesHere = Math.min(piece, length - done);
      System.arraycopy(overflow.bytes(), overflow.start() + POINTER, assembled, done, bytesHere);
      next = overflow.int32(0);
    }
    bytes = assembled;
    start = 0;
  }

  /** Returns a copy of a part. */
  byte[] copy(int from, int size) {
    return Arrays.copyOfRange(bytes, start + from, start + from + size);
  }
}
