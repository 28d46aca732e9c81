package dev.outgrow.database.scratch;

import dev.outgrow.database.Database;

/** What becomes of one scratch database. */
interface Custody {
  /** Deletes it, now or soon. Its connections are closed. */
  void delete();

  /** Sees to it that nobody clears it away, and says how to get at it. */
  KeptDatabase keep();

  /** Lets go of one that is kept. Its connections are closed. */
  void release();

  /** Closes it, and deletes it unless it is kept. */
  default void end(Database database, boolean kept) {
    try {
      database.close();
    } finally {
      if (kept) {
        release();
      } else {
        delete();
      }
    }
  }

  /** Whether others use it as well, so that it does not end when one of them is done. */
  default boolean isShared() {
    return false;
  }
}
