package dev.outgrow.importer.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file system of its own in memory, which can be filled to the last byte. */
public final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTE = 1 << 20;

  private final Path folder;
  private final Path log;

  private SmallDisk(Path folder, Path log) {
    this.folder = folder;
    this.log = log;
  }

  /** Mounts it on an empty folder; returns null where that is not allowed. */
  public static @Nullable SmallDisk mount(Path folder, Path log, int megabytes) throws IOException {
    String size = "size=" + megabytes + "m,mode=0755";
    boolean mounted =
        Programs.succeeds(log, "mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString());
    return mounted ? new SmallDisk(folder, log) : null;
  }

  /** Fills it, but for so many bytes. */
  public void fill(long left) throws IOException {
    long room = Files.getFileStore(folder).getUsableSpace() - left;
    ByteBuffer zeros = ByteBuffer.allocateDirect(MEGABYTE);
    try (FileChannel channel =
        FileChannel.open(
            ballast(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long written = 0; written < room; ) {
        zeros.clear().limit((int) Math.min(MEGABYTE, room - written));
        written += channel.write(zeros);
      }
    } catch (IOException full) {
      if (Files.getFileStore(folder).getUsableSpace() > left) {
        throw full;
      } // the server was quicker: it is full all the same
    }
  }

  /** Gives the room back. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException {
    // Lazily: what a process has mapped into its memory goes when that is collected.
    if (!Programs.succeeds(log, "umount", "-l", folder.toString())) {
      throw new IOException(folder + " cannot be unmounted");
    }
  }
}
