package dev.outgrow.importer.postgres;

import dev.outgrow.error.ConfigurationException;

/**
 * Over how many connections a large table is loaded at once. The server's work for one COPY is done
 * by one of its processors, and is more than this side's.
 *
 * <p><em>Immutable.</em>
 *
 * @param most the most connections, that of the import included
 * @param bytesEach how many bytes of a table are sent before another connection is taken for it
 * @since 0.1
 */
public record Streams(int most, long bytesEach) {
  private static final int MOST = 16;
  private static final int MOST_BY_DEFAULT = 4;

  /** Connecting takes longer than sending less. */
  private static final long BYTES_EACH = 8 << 20;

  /**
   * As many as this machine has processors, four at most, and one more for each 8 MiB of a table.
   */
  public static final Streams DEFAULT =
      new Streams(
          Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().availableProcessors()), BYTES_EACH);

  /** Returns over how many connections a table of so many bytes goes. */
  int over(long bytes) {
    return (int) Math.min(most, 1 + bytes / bytesEach);
  }

  /**
   * Returns so many at most, and one more for each 8 MiB of a table.
   *
   * @throws ConfigurationException if it is less than 1 or more than 16
   */
  public static Streams of(int most) {
    if (most < 1 || most > MOST) {
      throw new ConfigurationException("streams", Integer.toString(most), "1 to " + MOST);
    }
    return new Streams(most, BYTES_EACH);
  }
}
