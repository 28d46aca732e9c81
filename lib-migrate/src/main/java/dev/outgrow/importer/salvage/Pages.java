package dev.outgrow.importer.salvage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * The pages of a copy of a damaged file. Each is taken once: what two places refer to is damaged,
 * and a walk that goes in circles ends.
 */
final class Pages implements AutoCloseable {
  private final FileChannel channel;
  private final Format format;
  private final long bytes;
  private final BitSet taken = new BitSet();

  private Pages(FileChannel channel, Format format, long bytes) {
    this.channel = channel;
    this.format = format;
    this.bytes = bytes;
  }

  /**
   * Opens a copy.
   *
   * @param copy the copy, which nobody else has open
   * @param mostBytes how many of its bytes the damaged file really had; what follows was made up
   */
  static Pages open(Path copy, long mostBytes) throws IOException {
    FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ);
    try {
      ByteBuffer header = ByteBuffer.allocate(Format.HEADER_BYTES);
      fill(channel, header, 0);
      return new Pages(channel, Format.of(header), Math.min(channel.size(), mostBytes));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Format format() {
    return format;
  }

  /** Returns the first bytes of the file, which describe it. */
  ByteBuffer header() {
    return read(1).slice(0, Format.HEADER_BYTES);
  }

  /**
   * Returns a page for a walk.
   *
   * @throws DamageException if there is none of this number, or another place refers to it too
   */
  ByteBuffer take(long number) {
    requireThere(number);
    if (taken.get((int) number)) {
      throw new DamageException("another place refers to it too");
    }
    taken.set((int) number);
    return read((int) number);
  }

  /**
   * Returns a page that may be looked at several times.
   *
   * @throws DamageException if there is none of this number
   */
  ByteBuffer look(long number) {
    requireThere(number);
    return read((int) number);
  }

  long count() {
    return (bytes + format.pageSize() - 1) / format.pageSize();
  }

  boolean isTaken(int number) {
    return taken.get(number);
  }

  void taken(int number) {
    taken.set(number);
  }

  private void requireThere(long number) {
    if (number < 1
        || number == format.lockPage()
        || number > Integer.MAX_VALUE
        || (number - 1) * format.pageSize() >= bytes) {
      throw new DamageException("the file has no such page");
    }
  }

  /** Returns a page; of one that was cut off, the limit is where its bytes end. */
  private ByteBuffer read(int number) {
    long offset = (number - 1L) * format.pageSize();
    ByteBuffer page = ByteBuffer.allocate((int) Math.min(format.pageSize(), bytes - offset));
    try {
      fill(channel, page, offset);
    } catch (IOException e) {
      throw new UncheckedIOException("The copy of a damaged file cannot be read", e);
    }
    return page;
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("The file ends at " + (offset + buffer.position()));
      }
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
