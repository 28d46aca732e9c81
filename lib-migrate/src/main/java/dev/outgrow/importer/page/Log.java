package dev.outgrow.importer.page;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pages that a database has in its write-ahead log, as of one moment. */
interface Log {
  /** No page is in a log. */
  Log NONE = page -> null;

  /**
   * Reads a page.
   *
   * @return its bytes, in an array of their own; null if the file has it
   * @throws IOException if it is no longer what it was
   */
  byte @Nullable [] read(int page) throws IOException;
}
