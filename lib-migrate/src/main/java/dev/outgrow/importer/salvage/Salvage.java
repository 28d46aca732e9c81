package dev.outgrow.importer.salvage;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.sqlite.RawCopy;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
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
  private static final System.Logger LOG = System.getLogger(Salvage.class.getName());

  private final WorkFolder folder;
  private final Path sound;
  private final List<Lost> lost;

  private Salvage(WorkFolder folder, Path sound, List<Lost> lost) {
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
    WorkFolder folder = null;
    try {
      folder = WorkFolder.create();
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

  /**
   * Deletes the copies that were left where a process was killed: this user's alone, and none that
   * is still worked on. What cannot be deleted is logged, and stands in nobody's way.
   */
  public static void clearLeftOvers() {
    try {
      WorkFolder.clearLeftOvers(Path.of(System.getProperty("java.io.tmpdir")));
    } catch (IOException | DirectoryIteratorException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "What a killed import left in the folder for temporary files cannot be deleted: {0}",
          e.toString());
    }
  }

  private static Salvage in(WorkFolder folder, Path file) throws IOException, SQLException {
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
      folder.close();
    } catch (IOException e) {
      throw new SourceFileException(
          sound, folder + " cannot be deleted: " + e.getMessage() + ".", "Delete it by hand.", e);
    }
  }

  private static void delete(@Nullable WorkFolder folder, Exception reason) {
    try {
      if (folder != null) {
        folder.close();
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
