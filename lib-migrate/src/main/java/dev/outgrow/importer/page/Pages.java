package dev.outgrow.importer.page;

/** The pages of one moment of a database. <em>Not thread-safe.</em> */
interface Pages {
  /** Returns how many bytes of a page are used: those at its end may be reserved. */
  int usable();

  /** Returns how many pages there are. */
  int count();

  /**
   * Reads a page.
   *
   * @param number its number, from 1
   * @throws UnknownFormatException if there is no such page, or it cannot be had
   */
  Page read(int number) throws UnknownFormatException;

  /**
   * Reads the number with which a page begins: in a chain of overflow pages, that of the next.
   *
   * @param number its number, from 1
   * @throws UnknownFormatException if there is no such page, or it cannot be had
   */
  int follower(int number) throws UnknownFormatException;
}
