package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.Optional;

/** A PostgreSQL server that runs, and what it takes to let go of it. */
interface RunningServer extends AutoCloseable {
  /** Returns the URL of a database that nobody drops, for a user who may create others. */
  DatabaseUrl url();

  /** Returns the file that lets psql in, where the user knows no password. */
  Optional<Path> passwordFile();

  /** Has it go on when it is let go of: somebody wants to look into one of its databases. */
  void leaveRunning();

  /** Lets go of it; stops it where it was started for this and nobody else uses it. */
  @Override
  void close();
}
