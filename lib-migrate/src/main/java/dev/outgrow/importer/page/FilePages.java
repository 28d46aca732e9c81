package dev.outgrow.importer.page;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pages in a file that nobody changes meanwhile, some of which a log has in their place. */
final class FilePages implements Pages {
  /** So many bytes are read at once: a table's leaves often follow each other. */
  private static final int BLOCK = 256 << 10;

  /** So many blocks are remembered: the leaves, the chains and the inner pages take turns. */
  private static final int BLOCKS = 12;

  private static final long LOCKED_BYTE = 0x40000000;

  private final RandomAccessFile file;
  private final Log log;
  private final int pageSize;
  private final int usable;
  private final int count;
  private final int pagesOfBlock;
  private final Map<Integer, byte[]> blocks =
      new LinkedHashMap<>(2 * BLOCKS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
          return size() > BLOCKS;
        }
      };
  private int lastBlock = -1;
  private byte[] last = {};

  /** Prepares to read rows, whose pages often follow each other. */
  FilePages(RandomAccessFile file, Log log, FileHeader header, int count) {
    this(file, log, header, count, BLOCK);
  }

  /**
   * Prepares.
   *
   * @param block so many bytes are read at once, or one page if that is larger
   */
  FilePages(RandomAccessFile file, Log log, FileHeader header, int count, int block) {
    this.file = file;
    this.log = log;
    this.pageSize = header.pageSize();
    this.usable = header.usable();
    this.count = count;
    this.pagesOfBlock = Math.max(1, block / pageSize);
  }

  @Override
  public int usable() {
    return usable;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Page read(int number) throws UnknownFormatException {
    requirePage(number);
    try {
      byte[] logged = log.read(number);
      return logged == null ? readFile(number) : new Page(number, logged, 0);
    } catch (IOException e) {
      throw unreadable(number);
    }
  }

  private void requirePage(int number) throws UnknownFormatException {
    if (number < 1 || number > count || isLocked(number)) {
      throw new UnknownFormatException(number, "a page that is none");
    }
  }

  /** SQLite reads it again, and says what is wrong. */
  private static UnknownFormatException unreadable(int number) {
    return new UnknownFormatException(number, "a page that cannot be read");
  }

  /** No tree has the page in which processes lock bytes. */
  private boolean isLocked(int number) {
    return number == LOCKED_BYTE / pageSize + 1;
  }

  private Page readFile(int number) throws IOException, UnknownFormatException {
    int block = (number - 1) / pagesOfBlock;
    int at = (number - 1) % pagesOfBlock * pageSize;
    if (block != lastBlock) {
      byte[] bytes = blocks.get(block);
      if (bytes == null) {
        bytes = readBlock(block);
        blocks.put(block, bytes);
      }
      last = bytes;
      lastBlock = block;
    }
    if (at + pageSize > last.length) {
      throw new UnknownFormatException(number, "a page behind the end of the file");
    }
    return new Page(number, last, at);
  }

  /** Rows point into what was read, so no array is used twice. */
  private byte[] readBlock(int block) throws IOException {
    byte[] bytes = new byte[pagesOfBlock * pageSize];
    int length = readFile((long) block * bytes.length, bytes);
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Returns how many bytes there were: fewer than asked for only at the end. */
  private int readFile(long start, byte[] bytes) throws IOException {
    synchronized (file) {
      file.seek(start);
      int length = 0;
      int more = file.read(bytes);
      while (more > 0) {
        length += more;
        more = length < bytes.length ? file.read(bytes, length, bytes.length - length) : 0;
      }
      return length;
    }
  }

  @Override
  public int follower(int number) throws UnknownFormatException {
    requirePage(number);
    try {
      byte[] logged = log.read(number);
      byte[] bytes = logged == null ? new byte[Integer.BYTES] : logged;
      if (logged == null && readFile((number - 1L) * pageSize, bytes) < bytes.length) {
        throw new UnknownFormatException(number, "a page behind the end of the file");
      }
      return new Page(number, bytes, 0).int32(0);
    } catch (IOException e) {
      throw unreadable(number);
    }
  }
}
