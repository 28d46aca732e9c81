package dev.outgrow.importer;

import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.postgres.Streams;

/** Imports that take further connections for tables of a few kilobytes. */
public final class StreamedImport {
  private static final int BUFFERS = 24 << 10;
  private static final long BYTES_EACH = 8 << 10;

  private StreamedImport() {}

  /** Returns an import over so many connections. */
  public static SqliteImport over(int most, SqliteImport carry) {
    return carry.with(
        o -> {
          o.streams = new Streams(most, BYTES_EACH);
          o.buffers = Buffers.of(BUFFERS);
        });
  }
}
