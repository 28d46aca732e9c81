package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A SQLite scratch database: a folder of its own, locked for as long as its process lives. */
record FileCustody(Path folder, FileChannel alive) implements Custody {
  static final String DATABASE = "scratch.db";

  private static final String KEPT = "kept";

  /** Whether somebody wants to look into the database of a folder. */
  static boolean isKept(Path folder) {
    return Files.exists(folder.resolve(KEPT));
  }

  @Override
  public KeptDatabase keep() {
    return keep(folder.resolve(DATABASE));
  }

  /** Keeps the folder for one of the files in it. */
  KeptDatabase keep(Path file) {
    try {
      Path mark = folder.resolve(KEPT);
      if (!Files.exists(mark)) {
        Files.createFile(mark);
      }
    } catch (IOException failure) {
      throw SqliteScratch.unusable("kept", failure);
    }
    return new KeptDatabase(
        DatabaseUrl.sqlite(file),
        "sqlite3 " + KeptNote.quote(file),
        // Beside it there may be others that are kept.
        "rm -r " + KeptNote.quote(file.resolveSibling("")));
  }

  @Override
  public void release() {
    try {
      alive.close();
    } catch (IOException failure) {
      throw SqliteScratch.unusable("released", failure);
    }
  }

  @Override
  public void delete() {
    try (alive) {
      ScratchFolder.delete(folder);
    } catch (IOException failure) {
      throw SqliteScratch.unusable("deleted", failure);
    }
  }
}
