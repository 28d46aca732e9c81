package dev.outgrow.database.scratch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Starts and stops one kind of server in a folder. Whoever calls it has the folder's turn, and has
 * made sure that nobody uses a server that is to be stopped.
 */
interface ServerEngine {
  /** Returns how the folders of its servers begin: a word. */
  String name();

  /** Returns what tells its servers from those of other versions, images or settings. */
  String kind();

  /** Whether one may run that was started in a folder; where it cannot, it need not be asked. */
  default boolean mayRun(Path folder) {
    return true;
  }

  /** Starts one, on the data of a server that was stopped cleanly if there are any. */
  ServerAccess start(Path folder) throws IOException;

  /** Stops it, in general so that its data can be used again. */
  void stop(Path folder) throws IOException;

  /**
   * Deletes what its servers keep elsewhere than in their folders and nobody has used for so long,
   * or the folder of which is gone. No turn is needed.
   */
  default void clearLeftOvers(Duration kept) {
    // In general there is nothing elsewhere.
  }
}
