package dev.outgrow.importer.salvage;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.sqlite.RawCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sound SQLite file made of what can still be read of a damaged one, and the list of what cannot.
 * Every page of the damaged file is read by itself, so that of a page that is gone the others still
 * count; values are copied byte for byte. The same file always gives the same rows.
 *
 * <p>It takes up to twice the room of the file in the folder for temporary files, readable by this
 * user only, until it is closed. <em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Salvage implements AutoCloseable {
  private final Path folder;
  private final Path sound;
  private final List<Lost> lost;

  private Salvage(Path folder, Path sound, List<Lost> lost) {
    this.folder = folder;
    this.sound = sound;
    this.lost = List.copyOf(lost);
  }

  /**
   * Reads a damaged file, which is not changed.
   *
   * @throws SourceFileException if it is no SQLite file, or there is no room for a copy
   */
  public static Salvage of(Path file) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("outgrow-salvage");
      return in(folder, file);
    } catch (IOException | SQLException e) {
      SourceFileException failure =
          new SourceFileException(
              file,
              file + " cannot be salvaged: " + e.getMessage() + ".",
              "See that the folder for temporary files has room for two copies of it.",
              e);
      delete(folder, failure);
      throw failure;
    } catch (DamageException e) {
      SourceFileException failure =
          new SourceFileException(
              file,
              file + " is damaged: " + e.what() + ", so that nothing can be salvaged.",
              "Restore it from a backup.",
              e);
      delete(folder, failure);
      throw failure;
    } catch (RuntimeException e) {
      delete(folder, e);
      throw e;
    }
  }

  private static Salvage in(Path folder, Path file) throws IOException, SQLException {
    Path damaged = folder.resolve("damaged.db");
    Path sound = folder.resolve("sound.db");
    long mostBytes = RawCopy.of(file, damaged);
    List<Lost> lost = new ArrayList<>();
    Map<SchemaRow, Integer> rows = SoundCopy.write(damaged, mostBytes, sound, lost);
    Files.delete(damaged);
    new SoundSchema(sound, rows, lost).write();
    return new Salvage(folder, sound, lost);
  }

  /** Returns the sound file, which lives until this is closed. */
  public Path file() {
    return sound;
  }

  /** Returns what the damaged file no longer gives. */
  public List<Lost> lost() {
    return lost;
  }

  /** Deletes the sound file. */
  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException e) {
      throw new SourceFileException(
          sound, folder + " cannot be deleted: " + e.getMessage() + ".", "Delete it by hand.", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String name : List.of("damaged.db", "sound.db", "sound.db-journal")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  private static void delete(@Nullable Path folder, Exception reason) {
    try {
      if (folder != null) {
        delete(folder);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
