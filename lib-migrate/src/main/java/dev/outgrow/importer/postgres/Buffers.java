package dev.outgrow.importer.postgres;

import dev.outgrow.error.ConfigurationException;

/**
 * How much memory lies between reading and sending.
 *
 * <p><em>Immutable.</em>
 *
 * @param chunks how many chunks go round
 * @param chunkBytes the size of each in bytes
 * @since 0.1
 */
public record Buffers(int chunks, int chunkBytes) {
  /** Four chunks of 256 KiB: 1 MiB altogether. */
  public static final Buffers DEFAULT = of(1 << 20);

  private static final int CHUNKS = 4;
  private static final int LEAST = 4 << 10;
  private static final int MOST = 64 << 20;

  /**
   * Returns buffers of this many bytes altogether.
   *
   * @throws ConfigurationException if it is less than 4 KiB or more than 64 MiB
   */
  public static Buffers of(int bytes) {
    if (bytes < LEAST || bytes > MOST) {
      throw new ConfigurationException(
          "bufferMemory", Integer.toString(bytes), LEAST + " to " + MOST + " bytes");
    }
    return new Buffers(CHUNKS, bytes / CHUNKS);
  }

  /** Returns the part that each of so many streams gets, 16 at most. */
  Buffers over(int streams) {
    return new Buffers(chunks, chunkBytes / streams);
  }
}
