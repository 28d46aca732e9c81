package dev.outgrow.examples.wizard;

import dev.outgrow.importer.progress.ProgressListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What whoever runs the application says of the wizard.
 *
 * <p><em>Immutable.</em>
 *
 * @param folder the one folder whose SQLite files are offered; empty if none are
 * @param uploads where files that are uploaded lie while they are needed
 * @param largestUpload how many bytes an upload has at most
 * @param target the URL of the PostgreSQL to move to; empty if the page asks for it
 * @param listener is told as well how far imports are
 * @since 0.1
 */
public record WizardSettings(
    Optional<Path> folder,
    Path uploads,
    long largestUpload,
    Optional<String> target,
    ProgressListener listener) {
  /** How many bytes an upload has at most unless something else is said: 2 GiB. */
  public static final long LARGEST_UPLOAD = 2L << 30;

  /**
   * Returns the defaults: no folder, uploads of 2 GiB at most in a private folder beneath that for
   * temporary files, and a page that asks where to.
   */
  public static WizardSettings defaults() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return new WizardSettings(
        Optional.empty(),
        temporary.resolve("outgrow-uploads-" + user),
        LARGEST_UPLOAD,
        Optional.empty(),
        ProgressListener.none());
  }

  /** Returns the same with a folder whose files are offered. */
  public WizardSettings withFolder(Path offered) {
    return new WizardSettings(Optional.of(offered), uploads, largestUpload, target, listener);
  }

  /** Returns the same with another folder for uploads, which is made if it is not there. */
  public WizardSettings withUploads(Path other) {
    return new WizardSettings(folder, other, largestUpload, target, listener);
  }

  /** Returns the same with another limit. */
  public WizardSettings withLargestUpload(long bytes) {
    return new WizardSettings(folder, uploads, bytes, target, listener);
  }

  /** Returns the same with a PostgreSQL to move to. */
  public WizardSettings withTarget(String url) {
    return new WizardSettings(folder, uploads, largestUpload, Optional.of(url), listener);
  }

  /** Returns the same with somebody who is told as well how far imports are. */
  public WizardSettings withListener(ProgressListener other) {
    return new WizardSettings(folder, uploads, largestUpload, target, other);
  }

  /** Returns where rows that are kept aside get their files. */
  Path rejects() {
    return folder.orElse(uploads);
  }

  /** Shows no credential. */
  @Override
  public String toString() {
    return "folder " + folder.map(Path::toString).orElse("none") + ", uploads in " + uploads;
  }
}
