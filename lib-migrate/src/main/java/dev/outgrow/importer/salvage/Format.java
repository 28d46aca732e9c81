package dev.outgrow.importer.salvage;

import java.nio.ByteBuffer;

/**
 * How the pages of one file are laid out. The formulas are those of SQLite's file format, "B-tree
 * Pages".
 *
 * @param pageSize the bytes of a page
 * @param usable the bytes of it that SQLite uses
 */
record Format(int pageSize, int usable) {
  static final int HEADER_BYTES = 100;
  static final int INDEX_INTERIOR = 2;
  static final int TABLE_INTERIOR = 5;
  static final int INDEX_LEAF = 10;
  static final int TABLE_LEAF = 13;

  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;
  private static final int LARGEST_PAGE = 65_536;
  private static final int SMALLEST_USABLE = 480;
  private static final long PENDING_BYTE = 0x40000000L;

  static Format of(ByteBuffer header) {
    int size = header.getShort(PAGE_SIZE_AT) & 0xFFFF;
    int pageSize = size == 1 ? LARGEST_PAGE : size;
    int usable = pageSize - (header.get(RESERVED_AT) & 0xFF);
    if (Integer.bitCount(pageSize) != 1 || pageSize < 512 || usable < SMALLEST_USABLE) {
      throw new DamageException("its header names no size of a page");
    }
    return new Format(pageSize, usable);
  }

  /** Returns how many bytes of a record of this size stand in its cell; the rest overflows. */
  int local(long size, boolean tableLeaf) {
    int most = tableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    if (size <= most) {
      return (int) size;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int kept = least + (int) ((size - least) % (usable - 4));
    return kept <= most ? kept : least;
  }

  /** Returns the number of the page that SQLite keeps free for its locks. */
  long lockPage() {
    return PENDING_BYTE / pageSize + 1;
  }

  static int headerAt(int page) {
    return page == 1 ? HEADER_BYTES : 0;
  }
}
