package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.examples.wizard.WizardSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What {@code serve --demo} is tried on: an application of its own, a year of media history to
 * carry, and an embedded PostgreSQL to carry it to. Closed, all of it is gone.
 */
final class TryOut implements AutoCloseable {
  private final Path folder;
  private final ScratchServer server;
  private final DatabaseUrl target;

  private TryOut(Path folder, ScratchServer server) {
    this.folder = folder;
    this.server = server;
    this.target = server.createDatabase();
  }

  static TryOut prepare(Console console, int sessions) {
    try {
      Path folder = Files.createTempDirectory("outgrow-demo");
      try {
        Path file = Files.createDirectory(offered(folder)).resolve("media-history.sqlite");
        console.say("Making a year of media history in " + file + ".");
        MediaHistory.write(file, sessions);
        console.say("Starting an embedded PostgreSQL for it to move to.");
        return new TryOut(folder, ScratchServer.start());
      } catch (IOException | RuntimeException failure) {
        delete(folder);
        throw failure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for temporary files cannot be used", e);
    }
  }

  private static Path offered(Path folder) {
    return folder.resolve("files");
  }

  /** Returns where the application begins. */
  DatabaseUrl application() {
    return DatabaseUrl.sqlite(folder.resolve("application.db"));
  }

  /** Returns the same settings with the file and the server in them. */
  WizardSettings settings(WizardSettings others) {
    return others.withFolder(offered(folder)).withTarget(target);
  }

  @Override
  public void close() {
    server.close();
    try {
      delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Files of the demonstration stay in " + folder, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return; // it is gone already
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
