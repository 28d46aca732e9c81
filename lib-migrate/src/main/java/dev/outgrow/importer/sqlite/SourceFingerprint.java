package dev.outgrow.importer.sqlite;

import dev.outgrow.error.SourceFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a SQLite file is known by, so that a later run can tell cheaply whether it was written to:
 * its size, the time of its last change as exactly as the file system keeps it, and of a {@code
 * -wal} beside it that is not empty its size, its header with the salts, and the number and
 * checksum of the last frame that is committed.
 *
 * <p>The file itself is not opened, since closing it again would drop the locks that SQLite holds
 * on it anywhere in this process. So this notices every writer that does not set the clock back: a
 * change in place within one tick of the file system's clock, or one whose time somebody restored,
 * slips through. It is only the first look; what is taken over from an earlier run is compared with
 * every row of the file.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class SourceFingerprint {
  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int PAGE_SIZE_AT = 8;
  private static final int SALTS_AT = 16;

  private SourceFingerprint() {}

  /**
   * Takes it.
   *
   * @return one {@code name=value} a line
   * @throws SourceFileException if the file cannot be looked at
   */
  public static String of(Path file) {
    SourceFiles.size(file); // says best what cannot be a database at all
    try {
      Path real = file.toRealPath();
      FileTime time = Files.getLastModifiedTime(real);
      return "size="
          + Files.size(real)
          + "\nlast change="
          + time.toInstant()
          + "\n-wal file="
          + log(real.resolveSibling(real.getFileName() + "-wal"));
    } catch (IOException e) {
      throw SourceFiles.unseen(file, e);
    }
  }

  /** Returns the names of what is not the same in two fingerprints. */
  public static List<String> differences(String one, String other) {
    List<String> ones = one.lines().toList();
    List<String> others = other.lines().toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
      String left = i < ones.size() ? ones.get(i) : "";
      String right = i < others.size() ? others.get(i) : "";
      if (!left.equals(right)) {
        names.add((left.isEmpty() ? right : left).replaceFirst("=.*", ""));
      }
    }
    return names;
  }

  /** A reader that was killed leaves an empty one where there was none. */
  private static String log(Path wal) throws IOException {
    if (!Files.exists(wal) || Files.size(wal) < HEADER) {
      return "none";
    }
    try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ)) {
      ByteBuffer header = read(channel, 0, HEADER);
      byte[] bytes = new byte[HEADER];
      header.get(0, bytes);
      return channel.size()
          + " "
          + HexFormat.of().formatHex(bytes)
          + " "
          + lastCommit(channel, header);
    }
  }

  /** Frames of an earlier round have other salts; a frame that ends a transaction has a size. */
  private static String lastCommit(FileChannel channel, ByteBuffer header) throws IOException {
    long stride = FRAME_HEADER + Integer.toUnsignedLong(header.getInt(PAGE_SIZE_AT));
    long salts = header.getLong(SALTS_AT);
    String last = "0";
    long frame = 1;
    for (long at = HEADER; at + stride <= channel.size(); at += stride, frame++) {
      ByteBuffer each = read(channel, at, FRAME_HEADER);
      if (each.getLong(8) != salts) {
        break;
      }
      if (each.getInt(4) != 0) {
        last = frame + ":" + Long.toHexString(each.getLong(16));
      }
    }
    return last;
  }

  private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
      // until it is full, or the file ends because it was made shorter meanwhile
    }
    return buffer;
  }
}
