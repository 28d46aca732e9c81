package dev.outgrow.importer.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder for temporary files, readable by this user only, in which a lock is held until it is
 * closed. Where a process was killed, its lock is gone and its folder is there: the next one that
 * looks deletes it. <em>Not thread-safe.</em>
 */
final class WorkFolder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WorkFolder.class.getName());
  private static final String PREFIX = "outgrow-salvage";
  private static final String LOCK = "lock";

  /** Nothing else is ever deleted: two files, what SQLite puts beside them, and the lock. */
  private static final List<String> FILES =
      List.of(
          "damaged.db",
          "damaged.db-journal",
          "damaged.db-wal",
          "damaged.db-shm",
          "sound.db",
          "sound.db-journal",
          "sound.db-wal",
          "sound.db-shm",
          LOCK);

  private final Path folder;
  private final FileChannel lock;

  private WorkFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Makes one in the folder for temporary files. */
  static WorkFolder create() throws IOException {
    Path folder = Files.createTempDirectory(PREFIX);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      lock.lock();
      // Whoever finds a lock without this byte has come before it was taken.
      lock.write(ByteBuffer.allocate(1));
      return new WorkFolder(folder, lock);
    } catch (IOException e) {
      try (lock) {
        throw e;
      }
    }
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  /** Deletes the folder, then lets go of it. */
  @Override
  public void close() throws IOException {
    try (lock) {
      delete(folder);
    }
  }

  /**
   * Deletes what killed processes of this user left.
   *
   * @param parent the folder for temporary files
   * @return the folders that were deleted
   */
  static List<Path> clearLeftOvers(Path parent) throws IOException {
    List<Path> cleared = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : found) {
        try {
          if (isLeftOver(each)) {
            cleared.add(each);
          }
        } catch (NoSuchFileException e) {
          LOG.log(System.Logger.Level.DEBUG, "Somebody else has just deleted {0}", each);
        }
      }
    }
    return cleared;
  }

  private static boolean isLeftOver(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        || !isOurs(folder)
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) == 0) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return false;
      }
      delete(folder);
      return true;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    Path probe = Files.createTempFile("outgrow", null);
    try {
      UserPrincipal self = Files.getOwner(probe);
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(self);
    } finally {
      Files.delete(probe);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String name : FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
