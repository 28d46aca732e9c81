package dev.outgrow.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Adds pages at the end of a SQLite file that nobody else has open, and puts some of those that are
 * there in another place's stead. Nothing is valid before {@link #finish}. <em>Not
 * thread-safe.</em>
 */
final class PageAppender {
  private static final int BUFFER = 1 << 20;
  private static final int LOCK_PLACE = 1 << 30;
  private static final int PAGE_COUNT_AT = 28;

  private final FileChannel channel;
  private final int pageSize;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long end;
  private int last;

  /**
   * Begins behind the last page.
   *
   * @param channel the file
   * @param pageSize bytes of a page
   */
  PageAppender(FileChannel channel, int pageSize) throws IOException {
    this.channel = channel;
    this.pageSize = pageSize;
    this.end = channel.size();
    this.last = Math.toIntExact(end / pageSize);
  }

  int pageSize() {
    return pageSize;
  }

  /** How far a file was filled. */
  record Mark(long end, int last) {}

  /** Returns how far the file is filled. */
  Mark mark() throws IOException {
    flush();
    return new Mark(end, last);
  }

  /** Takes away every page that was added since. */
  void back(Mark mark) throws IOException {
    buffer.clear();
    end = mark.end();
    last = mark.last();
    channel.truncate(end);
  }

  /** Adds a page, and returns its number. */
  int add(byte[] page) throws IOException {
    int number = next();
    if (number != last + 1) {
      write(new byte[pageSize]); // SQLite locks this page's bytes and stores nothing in them
    }
    last = number;
    write(page);
    return number;
  }

  /** Returns the number that the next page gets. */
  int next() {
    boolean locked = last == LOCK_PLACE / pageSize;
    return last + (locked ? 2 : 1);
  }

  /** Returns the number of the page that comes behind one which is not added yet. */
  int after(int number) {
    return number + (number == LOCK_PLACE / pageSize ? 2 : 1);
  }

  /** Writes a page over one that is there. */
  void replace(int number, byte[] page) throws IOException {
    flush();
    put((long) (number - 1) * pageSize, ByteBuffer.wrap(page));
  }

  /** Writes what is left, and tells the file how many pages it has. */
  void finish() throws IOException {
    flush();
    put(PAGE_COUNT_AT, ByteBuffer.allocate(Integer.BYTES).putInt(last).flip());
  }

  private void write(byte[] page) throws IOException {
    if (buffer.remaining() < page.length) {
      flush();
    }
    buffer.put(page);
  }

  private void flush() throws IOException {
    buffer.flip();
    int bytes = buffer.remaining();
    put(end, buffer);
    end += bytes;
    buffer.clear();
  }

  private void put(long place, ByteBuffer bytes) throws IOException {
    long at = place;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
