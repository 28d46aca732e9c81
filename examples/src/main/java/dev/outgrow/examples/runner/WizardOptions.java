package dev.outgrow.examples.runner;

import dev.outgrow.database.Backend;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.examples.wizard.Signpost;
import dev.outgrow.examples.wizard.WizardSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the wizard of the application is told. */
final class WizardOptions {
  private static final long MIB = 1L << 20;
  private static final long MOST_MIB = 1L << 20;

  @Option(
      names = "--files",
      paramLabel = "DIR",
      description =
          "The one folder whose SQLite files the wizard offers. Without it: none but the application's own.")
  private @Nullable Path files;

  @Option(
      names = "--uploads",
      paramLabel = "DIR",
      description =
          "Where uploads lie while they are needed, readable by this user alone. Without it: a folder of its own"
              + " beneath that for temporary files.")
  private @Nullable Path uploads;

  @Option(
      names = "--upload-limit",
      paramLabel = "MIB",
      defaultValue = "2048",
      description =
          "How many MiB an upload has at most, 1 to 1048576. Without it: ${DEFAULT-VALUE}.")
  private long limit = 2_048;

  @Option(
      names = "--move-to",
      paramLabel = "URL",
      description =
          "The PostgreSQL that the wizard proposes to move to. Without it: the page asks. A password is better typed"
              + " there, out of the list of processes.")
  private @Nullable String target;

  /** Whether somebody said from where or to where to carry. */
  boolean isTold() {
    return files != null || target != null;
  }

  WizardSettings settings() {
    if (limit < 1 || limit > MOST_MIB) {
      throw new ConfigurationException("--upload-limit", Long.toString(limit), "1 to " + MOST_MIB);
    }
    WizardSettings settings = WizardSettings.defaults().withLargestUpload(limit * MIB);
    if (files != null) {
      if (!Files.isDirectory(files)) {
        throw new ConfigurationException("--files", files.toString(), "a folder that is there");
      }
      settings = settings.withFolder(files);
    }
    if (target != null) {
      settings = settings.withTarget(postgres(target)); // what cannot be read is refused at once
    }
    return uploads == null ? settings : settings.withUploads(uploads);
  }

  /** Returns where the application has moved to from a SQLite file, and says so. */
  Optional<DatabaseUrl> moved(DatabaseChoice choice, Console console) {
    Optional<DatabaseUrl> moved = choice.url().file().flatMap(WizardOptions::moved);
    moved.ifPresent(
        url ->
            console.say(
                "The application has moved from "
                    + choice.url().file().orElseThrow()
                    + " to "
                    + url
                    + ", as "
                    + Signpost.beside(choice.url().file().orElseThrow()).file()
                    + " says. Set DATABASE_URL to it."));
    return moved;
  }

  /** There may be several moves behind each other: to PostgreSQL, back to a new file, and so on. */
  private static Optional<DatabaseUrl> moved(Path file) {
    Signpost last = Signpost.last(file);
    boolean elsewhere = !last.sqlite().equals(file.toAbsolutePath());
    return last.leadsTo()
        .or(() -> Optional.of(DatabaseUrl.sqlite(last.sqlite())).filter(url -> elsewhere));
  }

  private static DatabaseUrl postgres(String target) {
    DatabaseUrl url = DatabaseUrl.parse(target);
    if (url.backend() != Backend.POSTGRESQL) {
      throw new ConfigurationException("--move-to", url.toString(), "the URL of a PostgreSQL");
    }
    return url;
  }
}
