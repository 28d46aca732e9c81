package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.util.function.ToIntFunction;

/** The database of a command for which none was named. */
final class Embedded {
  private Embedded() {}

  /** Starts a server that lives as long as the work. */
  static int during(Console console, ToIntFunction<DatabaseUrl> work) {
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl database = server.createDatabase();
      console.say(
          "No database was named. Started an embedded PostgreSQL at "
              + database
              + "; it ends with this command, and what is in it with it.");
      return work.applyAsInt(database);
    }
  }
}
