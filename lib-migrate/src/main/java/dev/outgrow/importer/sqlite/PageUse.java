package dev.outgrow.importer.sqlite;

/**
 * How many pages of a file belong to no tree and are not free, as SQLite's file format has it
 * (sqlite.org/fileformat2.html, 1.2 and 1.8).
 */
final class PageUse {
  private static final long LOCK_BYTE = 1L << 30;
  private static final int MOST_RESERVED = 255;
  private static final int BYTES_OF_AN_ENTRY = 5;

  private PageUse() {}

  /**
   * Returns their number, or slightly more: how many bytes of each page are reserved is not known
   * here.
   *
   * @param pages the pages of the file
   * @param pageSize in bytes
   * @param mapped whether it has pages that map pages to their parents
   */
  static long ofNoTree(long pages, long pageSize, boolean mapped) {
    long locked = (pages - 1) * pageSize >= LOCK_BYTE ? 1 : 0;
    if (!mapped) {
      return locked;
    }
    long mappedByOne = (pageSize - MOST_RESERVED) / BYTES_OF_AN_ENTRY;
    return locked + (pages - 1 + mappedByOne) / (mappedByOne + 1);
  }
}
