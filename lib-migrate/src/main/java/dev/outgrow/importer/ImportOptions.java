package dev.outgrow.importer;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.postgres.Buffers;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.ProgressListener;
import java.nio.charset.StandardCharsets;

/**
 * How an import is done. Copies with one thing changed are made by the {@code with} methods of
 * {@link SqliteImport}.
 *
 * @param schema the target schema
 * @param replace whether what the target holds may be moved aside
 * @param orphans what to do with rows that refer to nothing
 * @param buffers the memory between reading and sending
 * @param largestRow the most bytes of text and blobs one row may hold
 * @param listener who is told how far it is
 */
record ImportOptions(
    String schema,
    boolean replace,
    Orphans orphans,
    Buffers buffers,
    long largestRow,
    ProgressListener listener) {
  static final ImportOptions DEFAULT =
      new ImportOptions(
          "public", false, Orphans.FAIL, Buffers.DEFAULT, 64L << 20, ProgressListener.none());

  private static final long MOST_ROW_BYTES = 1L << 30;
  private static final int MOST_NAME_BYTES = 63;

  ImportOptions {
    int bytes = schema.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0
        || bytes > MOST_NAME_BYTES
        || schema.indexOf('\0') >= 0
        || schema.startsWith("pg_")
        || schema.equals("information_schema")) {
      throw new ConfigurationException(
          "schema",
          schema,
          "a name of 1 to " + MOST_NAME_BYTES + " bytes that is not one of PostgreSQL's own");
    }
    if (largestRow < 1 || largestRow > MOST_ROW_BYTES) {
      throw new ConfigurationException(
          "largestRow", Long.toString(largestRow), "1 to " + MOST_ROW_BYTES + " bytes");
    }
  }

  /** Tells the listener, unless somebody interrupted the thread that runs the import. */
  void progressed(Progress progress) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancelledException(
          "The import was interrupted in its phase " + progress.phase().word() + ".", null);
    }
    listener.progressed(progress);
  }

  ImportOptions withSchema(String name) {
    return new ImportOptions(name, replace, orphans, buffers, largestRow, listener);
  }

  ImportOptions withReplace(boolean may) {
    return new ImportOptions(schema, may, orphans, buffers, largestRow, listener);
  }

  ImportOptions withOrphans(Orphans policy) {
    return new ImportOptions(schema, replace, policy, buffers, largestRow, listener);
  }

  ImportOptions withBuffers(Buffers memory) {
    return new ImportOptions(schema, replace, orphans, memory, largestRow, listener);
  }

  ImportOptions withLargestRow(long bytes) {
    return new ImportOptions(schema, replace, orphans, buffers, bytes, listener);
  }

  ImportOptions withListener(ProgressListener who) {
    return new ImportOptions(schema, replace, orphans, buffers, largestRow, who);
  }
}
