package dev.outgrow.examples.wizard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that lies on the server.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its path, from the folder that is offered
 * @param bytes its size
 * @param changed when it was changed last
 * @since 0.1
 */
public record ServerFile(String name, long bytes, Instant changed) {
  static ServerFile of(Path file) {
    try {
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      return new ServerFile(file.toString(), Files.size(file), changed);
    } catch (IOException e) {
      throw new Refusal(file + " cannot be looked at.", "Check the disk it lies on.", e);
    }
  }
}
