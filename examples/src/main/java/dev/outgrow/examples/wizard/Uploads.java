package dev.outgrow.examples.wizard;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.wizard.ChosenFile.Origin;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place for uploads, if there is one: where it cannot be had the application does without, and
 * an upload says why. What is under way is kept there as well, for the next run. Thread-safe.
 */
final class Uploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private final WizardSettings settings;
  private @Nullable UploadRoom room;

  Uploads(WizardSettings settings) {
    this.settings = settings;
    try {
      this.room = UploadRoom.open(settings.uploads());
    } catch (IOException e) {
      LOG.warn("Files cannot be uploaded: {} cannot be used", settings.uploads(), e);
    }
  }

  private synchronized Optional<UploadRoom> room() {
    return Optional.ofNullable(room);
  }

  /**
   * Begins an upload.
   *
   * @throws Refusal if there is nowhere to put it
   */
  Upload receive(String name) {
    UploadRoom open = room().orElseThrow(this::nowhere);
    try {
      String last = name.replaceFirst("^.*[/\\\\]", "");
      return Upload.to(
          open.newFile(), last.isEmpty() ? "the file" : last, settings.largestUpload());
    } catch (IOException e) {
      throw new Refusal("The server cannot write the file.", "See that its disk has room.", e);
    }
  }

  private Refusal nowhere() {
    return new Refusal(
        "Nothing can be uploaded: the folder " + settings.uploads() + " cannot be used.",
        "Name one that the application's user may write to (--uploads), or put the file into the"
            + " folder of the server's files (--files).");
  }

  /** Keeps in mind that an import is under way; if the application ends, the next one says so. */
  void carrying(DatabaseUrl home, ChosenFile file, Goal goal) {
    tell(open -> open.carrying(home, file.name(), goal.shown()));
  }

  /** The import is over. */
  void carried() {
    tell(UploadRoom::carried);
  }

  private void tell(Consumer<UploadRoom> what) {
    room().ifPresent(what);
  }

  /** Returns what an application that ran on this database was about when it ended, or null. */
  @Nullable Problem cutOff(DatabaseUrl home) {
    return room().flatMap(open -> open.cutOff(home)).orElse(null);
  }

  /** Deletes a file, if it is an upload. */
  static void discard(@Nullable ChosenFile file) {
    if (file != null && file.origin() == Origin.UPLOAD) {
      UploadRoom.delete(file);
    }
  }

  @Override
  public synchronized void close() {
    UploadRoom open = room;
    room = null;
    if (open != null) {
      open.close();
    }
  }
}
