package dev.outgrow.importer.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first hundred bytes of a database say: see "The Database Header" in SQLite's "Database
 * File Format".
 *
 * @param pageSize bytes of a page
 * @param usable bytes of a page without those reserved at its end
 * @param logged whether changes go to a log
 * @param schemaVersion changes with each definition
 * @param userVersion what the application wrote there
 */
record FileHeader(int pageSize, int usable, boolean logged, int schemaVersion, int userVersion) {
  static final int SIZE = 100;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SMALLEST_PAGE = 512;
  private static final int LARGEST_PAGE = 65_536;
  private static final int LEAST_USABLE = 480;

  /** Reads them; nothing if they say what no known version writes. */
  static Optional<FileHeader> read(byte[] bytes) {
    if (bytes.length < SIZE || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    Page page = new Page(1, bytes, 0);
    int pageSize = page.uint16(16) == 1 ? LARGEST_PAGE : page.uint16(16);
    int usable = pageSize - page.uint8(20);
    int write = page.uint8(18);
    int read = page.uint8(19);
    boolean known =
        pageSize >= SMALLEST_PAGE
            && Integer.bitCount(pageSize) == 1
            && usable >= LEAST_USABLE
            && write == read
            && (read == 1 || read == 2)
            && page.uint8(21) == 64
            && page.uint8(22) == 32
            && page.uint8(23) == 32;
    return known
        ? Optional.of(new FileHeader(pageSize, usable, read == 2, page.int32(40), page.int32(60)))
        : Optional.empty();
  }
}
