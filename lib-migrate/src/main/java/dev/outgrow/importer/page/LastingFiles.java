package dev.outgrow.importer.page;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Database files that were opened beside SQLite. They stay open until the process ends, and are
 * used again: on Linux and macOS, closing any of a process's descriptors of a file drops all locks
 * that the process holds there, those of SQLite's connections included, whoever made them ("How To
 * Corrupt An SQLite Database File", 2.2). Nobody can know who has some.
 *
 * <p><em>Thread-safe.</em>
 */
final class LastingFiles {
  /** Who moves more files than this through one process has the others read by SQLite. */
  private static final int MOST = 64;

  /** Where this process sees what it has open, on Linux. */
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final Map<Object, Lasting> OPEN = new HashMap<>();

  /** An open file, and the path it was found by. */
  private record Lasting(Path path, RandomAccessFile file) {}

  private LastingFiles() {}

  /**
   * Returns an open file. It is not a channel, which a thread that is interrupted would close.
   *
   * @return nothing if it cannot be told from another file, or too many are open
   * @throws IOException if it cannot be opened
   */
  static Optional<RandomAccessFile> open(Path path) throws IOException {
    synchronized (OPEN) {
      Object identity = identity(path);
      if (identity == null) {
        return Optional.empty();
      }
      Lasting known = OPEN.get(identity);
      if (known == null) {
        closeForgotten();
        known = OPEN.size() < MOST ? open(path, identity) : null;
      }
      return Optional.ofNullable(known).map(Lasting::file);
    }
  }

  private static @Nullable Lasting open(Path path, Object identity) throws IOException {
    Lasting opened = new Lasting(path, new RandomAccessFile(path.toFile(), "r"));
    // Another may have come in its place meanwhile: then nobody knows what was opened.
    boolean same = identity.equals(identity(path));
    OPEN.put(same ? identity : new Object(), opened);
    return same ? opened : null;
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * Closes files that nobody can find any more, because they were deleted or moved, and that
   * nothing else in this process has open: so it has no locks there, and none can be added.
   */
  private static void closeForgotten() throws IOException {
    if (OPEN.isEmpty() || !Files.isDirectory(DESCRIPTORS)) {
      return;
    }
    Map<Object, Integer> descriptors = descriptors();
    for (Map.Entry<Object, Lasting> entry : Map.copyOf(OPEN).entrySet()) {
      Lasting file = entry.getValue();
      boolean found = Files.exists(file.path()) && entry.getKey().equals(identity(file.path()));
      if (!found && descriptors.getOrDefault(entry.getKey(), 0) == 1) {
        OPEN.remove(entry.getKey());
        file.file().close();
      }
    }
  }

  private static Map<Object, Integer> descriptors() throws IOException {
    Map<Object, Integer> descriptors = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : all) {
        try {
          Object identity = identity(descriptor);
          if (identity != null) {
            descriptors.merge(identity, 1, Integer::sum);
          }
        } catch (NoSuchFileException e) {
          // Closed since, or the one that the list is read by.
        }
      }
    }
    return descriptors;
  }
}
