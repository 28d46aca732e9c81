package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts generated sources in their place, once all of them are there, and takes away stale ones.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Placing {
  private static final String HALF = "unfinished";

  private final Path directory;
  private final Path list;

  /** A change that was made, or would be. */
  public record Change(String path, What what) {}

  /** What becomes of a file. */
  public enum What {
    NEW,
    CHANGED,
    STALE;

    /** Returns the word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Prepares it.
   *
   * @param directory of the sources
   * @param packageName the common package
   */
  public Placing(Path directory, String packageName) {
    this.directory = directory;
    this.list = directory.resolve(packageName.replace('.', '/')).resolve(FileList.NAME);
  }

  /** Whether what was made of this is there, as it was made. */
  public boolean isThere(String fingerprint) {
    FileList last = FileList.read(list);
    return last.fingerprint().equals(fingerprint) && last.isAsMade(directory);
  }

  /** Returns the files that were made last. */
  public List<String> files() {
    return List.copyOf(FileList.read(list).hashes().keySet());
  }

  /** Returns what is not as these are. */
  public List<Change> compare(Map<String, String> sources) {
    FileList wanted = FileList.of("", sources);
    List<Change> changes = new ArrayList<>();
    wanted
        .hashes()
        .forEach(
            (path, hash) -> {
              String there = FileList.hashOf(directory.resolve(path));
              if (!there.equals(hash)) {
                changes.add(new Change(path, there.isEmpty() ? What.NEW : What.CHANGED));
              }
            });
    for (String path : FileList.read(list).hashes().keySet()) {
      if (!wanted.hashes().containsKey(path) && Files.exists(directory.resolve(path))) {
        changes.add(new Change(path, What.STALE));
      }
    }
    return changes;
  }

  /**
   * Makes the files these, and no others of those that were made before.
   *
   * @throws ConfigurationException if a file that somebody else made is in the way
   */
  public List<Change> place(String fingerprint, Map<String, String> sources) {
    FileList last = FileList.read(list);
    List<Change> changes = compare(sources);
    for (Change change : changes) {
      if (change.what() == What.CHANGED && !last.hashes().containsKey(change.path())) {
        throw new ConfigurationException(
            "The directory",
            directory.toString(),
            "one without " + change.path() + ", which was not generated: move it away");
      }
    }
    try {
      SortedMap<String, String> both = new TreeMap<>(last.hashes());
      FileList next = FileList.of(fingerprint, sources);
      both.putAll(next.hashes());
      // Killed in the middle, the next run knows all of these for its own.
      write(list, new FileList(HALF, both).text());
      for (Change change : changes) {
        Path file = directory.resolve(change.path());
        if (change.what() == What.STALE) {
          delete(file);
        } else {
          write(file, sources.getOrDefault(change.path(), ""));
        }
      }
      write(list, next.text());
    } catch (IOException failure) {
      throw Folders.unusable("Sources cannot be written below " + directory, failure);
    }
    return changes;
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(whole, text);
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    for (Path folder = file.getParent();
        folder != null && !folder.equals(directory) && isEmpty(folder);
        folder = folder.getParent()) {
      Files.delete(folder);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }
}
