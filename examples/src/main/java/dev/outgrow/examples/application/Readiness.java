package dev.outgrow.examples.application;

import dev.outgrow.database.Database;
import dev.outgrow.examples.media.Logins;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Whether there is a database yet: the application answers before it has one. */
final class Readiness {
  private final AtomicReference<@Nullable Ready> state = new AtomicReference<>();

  /** A database that is open and migrated. */
  record Ready(Database database, Logins logins) {}

  void set(Database database) {
    state.set(new Ready(database, new Logins(database)));
  }

  boolean isReady() {
    return state.get() != null;
  }

  /** Returns the database; routes that need one are visited only when there is one. */
  Ready ready() {
    Ready ready = state.get();
    if (ready == null) {
      throw new IllegalStateException("There is no database yet");
    }
    return ready;
  }
}
