package dev.outgrow.importer.page;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far a write-ahead log counts at one moment, as the header of its index says, from which
 * SQLite itself takes it; see "The WAL-Index File Format".
 *
 * @param change is counted up with each transaction
 * @param frames how many frames count
 * @param pages how many pages the database has
 * @param checksum of the frames that count
 * @param salts tell one use of the log from the next
 */
record WalMoment(int change, int frames, int pages, long checksum, long salts) {
  private static final int HEADER = 48;
  private static final int SUMMED = 40;
  private static final int VERSION = 3_007_000;

  /**
   * Reads it.
   *
   * @return nothing if there is no index, or it is being written
   */
  static Optional<WalMoment> read(Path database) {
    Path index = database.resolveSibling(database.getFileName() + "-shm");
    if (!Files.exists(index)) {
      return Optional.empty();
    }
    try {
      Optional<RandomAccessFile> opened = LastingFiles.open(index);
      return opened.isEmpty() ? Optional.empty() : read(opened.get());
    } catch (IOException e) {
      // Whoever cannot read it lets SQLite read.
      return Optional.empty();
    }
  }

  private static Optional<WalMoment> read(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[2 * HEADER];
    synchronized (file) {
      if (file.length() < bytes.length) {
        return Optional.empty();
      }
      file.seek(0);
      file.readFully(bytes);
    }
    WalChecksum sum = new WalChecksum(ByteOrder.nativeOrder(), 0);
    sum.add(bytes, 0, SUMMED);
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    boolean whole =
        Arrays.equals(bytes, 0, HEADER, bytes, HEADER, 2 * HEADER)
            && header.getInt(0) == VERSION
            && header.get(12) == 1
            && pair(header, SUMMED) == sum.value();
    return whole
        ? Optional.of(
            new WalMoment(
                header.getInt(8),
                header.getInt(16),
                header.getInt(20),
                pair(header, 24),
                header.order(ByteOrder.BIG_ENDIAN).getLong(32)))
        : Optional.empty();
  }

  private static long pair(ByteBuffer header, int at) {
    return ((long) header.getInt(at) << Integer.SIZE) | (header.getInt(at + 4) & 0xFFFFFFFFL);
  }
}
