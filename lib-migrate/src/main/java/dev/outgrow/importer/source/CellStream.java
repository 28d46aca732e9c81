package dev.outgrow.importer.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of one cell, one after the other, for a cell that need not be in memory as a whole.
 * What goes wrong with the source is thrown as what it is, never as an {@link IOException}.
 *
 * <p>Valid until its row's cursor moves on; has to be closed. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public abstract class CellStream extends InputStream {

  /** Returns a stream of bytes that are in memory. */
  public static CellStream of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /**
   * Reads some bytes, at least one.
   *
   * @return how many were read, or -1 at the end
   * @throws dev.outgrow.error.SourceFileException if the source cannot be read any further
   */
  @Override
  public abstract int read(byte[] into, int offset, int length);

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public byte[] readNBytes(int most) {
    try {
      return super.readNBytes(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // its reads throw none
    }
  }

  @Override
  public byte[] readAllBytes() {
    return readNBytes(Integer.MAX_VALUE);
  }

  /** Frees what it held. Closing it again changes nothing. */
  @Override
  public void close() {}

  /** Bytes that are there. */
  private static final class InMemory extends CellStream {
    private final byte[] bytes;
    private int position;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int part = Math.min(length, bytes.length - position);
      if (part == 0 && length > 0) {
        return -1;
      }
      System.arraycopy(bytes, position, into, offset, part);
      position += part;
      return part;
    }
  }
}
