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
    ScratchServer.TURN.lock();
    try {
      return createInTurn();
    } catch (IOException failure) {
      throw unusable("made", failure);
    } finally {
      ScratchServer.TURN.unlock();
    }
  }

  private static ScratchDatabase createInTurn() throws IOException {
    ScratchFolder scratch = ScratchFolder.ofUser();
    FileChannel turn = scratch.takeTurn();
    try {
      scratch.clearLeftOverFiles();
      Path folder = scratch.createFolder(PREFIX + UUID.randomUUID());
      FileChannel alive = ServerFolder.claim(folder);
      return open(folder, alive);
    } finally {
      turn.close();
    }
  }

  private static ScratchDatabase open(Path folder, FileChannel alive) {
    Runnable deletion = () -> delete(folder, alive);
    try {
      DatabaseUrl url = DatabaseUrl.sqlite(folder.resolve("scratch.db"));
      Database database = Database.open(DatabaseConfig.builder(url).readers(1).build());
      return new ScratchDatabase(database, deletion);
    } catch (RuntimeException failure) {
      deletion.run();
      throw failure;
    }
  }

  private static void delete(Path folder, FileChannel alive) {
    try (alive) {
      ScratchFolder.delete(folder);
    } catch (IOException failure) {
      throw unusable("deleted", failure);
    }
  }

  private static UnavailableException unusable(String doing, IOException failure) {
    return new UnavailableException(
        "The scratch database cannot be " + doing + ": " + failure.getMessage() + ".",
        "Check that the folder for temporary files can be written and has room.",
        failure);
  }
}
