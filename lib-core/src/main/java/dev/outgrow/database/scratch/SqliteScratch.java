package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.UUID;

/** A throw-away SQLite file in a folder of its own, which tells who uses it. */
final class SqliteScratch {
  static final String PREFIX = "file-";

  private SqliteScratch() {}

  static ScratchDatabase create() {
    FileCustody place = makePlace();
    try {
      return new ScratchDatabase(open(place.folder().resolve(FileCustody.DATABASE)), place);
    } catch (RuntimeException failure) {
      place.delete();
      throw failure;
    }
  }

  static Database open(Path file) {
    return Database.open(
        DatabaseConfig.builder(DatabaseUrl.sqlite(file))
            .readers(1)
            .rememberBorrowers(true)
            .build());
  }

  /** Makes a folder that is this process's own until it is let go of. */
  static FileCustody makePlace() {
    ScratchServer.TURN.lock();
    try {
      return makeInTurn();
    } catch (IOException failure) {
      throw unusable("made", failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
  }

  private static FileCustody makeInTurn() throws IOException {
    ScratchFolder scratch = ScratchFolder.ofUser();
    FileChannel turn = scratch.takeTurn();
    try {
      scratch.clearLeftOverFiles();
      Path folder = scratch.createFolder(PREFIX + UUID.randomUUID());
      FileChannel alive = ServerFolder.claim(folder);
      return new FileCustody(folder, alive);
    } finally {
      turn.close();
    }
  }

  static UnavailableException unusable(String doing, IOException failure) {
    return new UnavailableException(
        "The scratch database cannot be " + doing + ": " + failure.getMessage() + ".",
        "Check that the folder for temporary files can be written and has room.",
        failure);
  }
}
