package dev.outgrow.importer.salvage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new SQLite file that is written page by page, beginning with an empty schema. It is a database
 * once it was closed.
 */
final class PageFile implements AutoCloseable {
  private static final int FORMAT_VERSIONS_AT = 18;
  private static final int CHANGES_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int FREE_LIST_AT = 32;
  private static final int LARGEST_ROOT_AT = 52;
  private static final int INCREMENTAL_AT = 64;
  private static final int VALID_FOR_AT = 92;
  private static final int CONTENT_AT = 5;

  private final FileChannel channel;
  private final Format format;
  private final byte[] header;
  private int last = 1;

  private PageFile(FileChannel channel, Format format, byte[] header) {
    this.channel = channel;
    this.format = format;
    this.header = header;
  }

  /** Begins a file whose text encoding and the like are those of another's header. */
  static PageFile create(Path file, Format format, ByteBuffer header) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    byte[] own = new byte[Format.HEADER_BYTES];
    header.get(0, own);
    return new PageFile(channel, format, own);
  }

  Format format() {
    return format;
  }

  /** Returns the number of a page that nothing stands on. */
  int allocate() {
    last++;
    if (last == format.lockPage()) {
      last++;
    }
    return last;
  }

  void write(int number, ByteBuffer page) {
    try {
      long offset = (number - 1L) * format.pageSize();
      while (page.hasRemaining()) {
        channel.write(page, offset + page.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The sound copy of a damaged file cannot be written", e);
    }
  }

  /** Makes an empty tree and returns its root. */
  int emptyTree(int type) {
    int number = allocate();
    ByteBuffer page = ByteBuffer.allocate(format.pageSize());
    page.put(0, (byte) type).putShort(CONTENT_AT, (short) format.usable());
    write(number, page);
    return number;
  }

  /** Writes the first page, of a file without free pages and not in WAL mode. */
  @Override
  public void close() throws IOException {
    try (channel) {
      ByteBuffer first = ByteBuffer.allocate(format.pageSize());
      first.put(0, header);
      first.put(FORMAT_VERSIONS_AT, (byte) 1).put(FORMAT_VERSIONS_AT + 1, (byte) 1);
      first.putInt(PAGES_AT, last).putInt(VALID_FOR_AT, first.getInt(CHANGES_AT));
      first.putInt(FREE_LIST_AT, 0).putInt(FREE_LIST_AT + Integer.BYTES, 0);
      first.putInt(LARGEST_ROOT_AT, 0).putInt(INCREMENTAL_AT, 0);
      first
          .put(Format.HEADER_BYTES, (byte) Format.TABLE_LEAF)
          .putShort(Format.HEADER_BYTES + CONTENT_AT, (short) format.usable());
      write(1, first);
    }
  }
}
