package dev.outgrow.database.scratch;

import dev.outgrow.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.Optional;

/** A server that was there before and stays. */
record GivenServer(DatabaseUrl url) implements RunningServer {
  @Override
  public Optional<Path> passwordFile() {
    return Optional.empty();
  }

  @Override
  public void leaveRunning() {
    // It does anyway.
  }

  @Override
  public void close() {
    // It is not ours to stop.
  }
}
