package dev.outgrow.examples.runner;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.media.MediaHistory;
import dev.outgrow.examples.wizard.WizardSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code serve --demo} is tried on: an application of its own, a year of media history to
 * carry, and an embedded PostgreSQL to carry it to. In the end all of it is gone.
 *
 * @param folder where its files are
 * @param target where they are carried to
 */
record TryOut(Path folder, DatabaseUrl target) {

  /** Makes it; how much of that is done when a signal comes, {@code ending} takes away. */
  static TryOut prepare(Console console, int sessions, Ending ending) {
    Path folder = ending.closes(new DemoFolder()).make();
    Path file = offered(folder).resolve("media-history.sqlite");
    try {
      Files.createDirectory(offered(folder));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder for temporary files cannot be used", e);
    }
    console.say("Making a year of media history in " + file + ".");
    MediaHistory.write(file, sessions);
    console.say("Starting an embedded PostgreSQL for it to move to.");
    return new TryOut(folder, ending.closes(ScratchServer.start()).createDatabase());
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
}
