package dev.outgrow.importer.page;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a write-ahead log that count at one moment; see SQLite's "WAL-mode File Format".
 * Nobody takes a frame away while a reader may need it, unless the database has it too by then; so
 * each is checked again when it is read.
 */
final class WalLog implements Log, AutoCloseable {
  /** Reading through a larger one costs more than is gained. */
  static final long LARGEST = 512L << 20;

  private static final int MAGIC = 0x377F0682;
  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int SUMMED_OF_HEADER = 24;
  private static final int SUMMED_OF_FRAME = 8;

  private final RandomAccessFile file;
  private final ByteOrder order;
  private final int pageSize;
  private final Map<Integer, Frame> frames;

  /** Where a page is in the log, and the checksums before it and behind it. */
  private record Frame(long start, long before, long behind) {}

  private WalLog(RandomAccessFile file, ByteOrder order, int pageSize, Map<Integer, Frame> frames) {
    this.file = file;
    this.order = order;
    this.pageSize = pageSize;
    this.frames = frames;
  }

  /**
   * Reads through the frames that count.
   *
   * @return null if the log is not the one the moment is of
   * @throws IOException if it cannot be read
   */
  static @Nullable WalLog open(Path database, WalMoment moment, int pageSize) throws IOException {
    Path path = database.resolveSibling(database.getFileName() + "-wal");
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      WalLog log = file.length() > LARGEST ? null : open(file, moment, pageSize);
      if (log == null) {
        file.close();
      }
      return log;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static @Nullable WalLog open(RandomAccessFile file, WalMoment moment, int pageSize)
      throws IOException {
    byte[] bytes = new byte[HEADER];
    file.seek(0);
    file.readFully(bytes);
    Page header = new Page(0, bytes, 0);
    int magic = header.int32(0);
    ByteOrder order = magic % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    WalChecksum sum = new WalChecksum(order, 0);
    sum.add(bytes, 0, SUMMED_OF_HEADER);
    if ((magic & ~1) != MAGIC
        || header.int32(8) != pageSize
        || Bytes.integer(bytes, 16, Long.BYTES) != moment.salts()
        || Bytes.integer(bytes, SUMMED_OF_HEADER, Long.BYTES) != sum.value()) {
      return null;
    }
    Map<Integer, Frame> frames = new HashMap<>();
    byte[] frame = new byte[FRAME_HEADER + pageSize];
    for (int i = 0; i < moment.frames(); i++) {
      long start = HEADER + (long) i * frame.length;
      long before = sum.value();
      if (!isWhole(file, frame, sum, moment.salts())) {
        return null;
      }
      frames.put(new Page(0, frame, 0).int32(0), new Frame(start, before, sum.value()));
    }
    return sum.value() == moment.checksum() ? new WalLog(file, order, pageSize, frames) : null;
  }

  private static boolean isWhole(RandomAccessFile file, byte[] frame, WalChecksum sum, long salts)
      throws IOException {
    try {
      file.readFully(frame);
    } catch (EOFException e) {
      return false;
    }
    sum.add(frame, 0, SUMMED_OF_FRAME);
    sum.add(frame, FRAME_HEADER, frame.length - FRAME_HEADER);
    return Bytes.integer(frame, 8, Long.BYTES) == salts
        && Bytes.integer(frame, 16, Long.BYTES) == sum.value();
  }

  @Override
  public byte @Nullable [] read(int page) throws IOException {
    Frame frame = frames.get(page);
    if (frame == null) {
      return null;
    }
    byte[] head = new byte[FRAME_HEADER];
    byte[] bytes = new byte[pageSize];
    synchronized (file) {
      file.seek(frame.start());
      file.readFully(head);
      file.readFully(bytes);
    }
    WalChecksum sum = new WalChecksum(order, frame.before());
    sum.add(head, 0, SUMMED_OF_FRAME);
    sum.add(bytes, 0, pageSize);
    if (sum.value() != frame.behind()) {
      throw new IOException("The log was begun anew");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
