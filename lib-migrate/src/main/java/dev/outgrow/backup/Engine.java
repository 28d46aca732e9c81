package dev.outgrow.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How one format is written, proven and put back. */
interface Engine {

  /** What was written. */
  record Written(
      String server,
      String tool,
      List<String> schemas,
      List<BackupChain> chains,
      List<BackupTable> tables) {}

  /** What a restore has done. */
  record Restored(List<String> kept, List<String> untouched) {}

  BackupFormat format();

  /** Returns about how many bytes the file will have at most. */
  long size() throws SQLException;

  /** Writes what the database holds at one moment into a file that is there and empty. */
  Written write(Path file, BackupFolder folder, Supervision supervision)
      throws SQLException, IOException;

  /**
   * Puts a file into a scratch database and compares what is there with the manifest.
   *
   * @return how the chains are in it, if there are any
   */
  Optional<String> rehearse(Backup backup, Supervision supervision)
      throws SQLException, IOException;

  /** Returns what the database holds already, for people; nothing if it is empty. */
  List<String> holds() throws SQLException;

  /** Puts a file that was proven into the database, wholly or not at all. */
  Restored restore(Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException;
}
