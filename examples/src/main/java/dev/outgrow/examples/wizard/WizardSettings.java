package dev.outgrow.examples.wizard;

import dev.outgrow.database.DatabaseUrl;
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
 * @param target the PostgreSQL to move to; empty if the page asks for it
 * @param file the SQLite file that the application is told to open, from which it may have moved;
 *     empty if it is told to open PostgreSQL
 * @param listener is told as well how far imports are
 * @since 0.1
 */
public record WizardSettings(
    Optional<Path> folder,
    Path uploads,
    long largestUpload,
    Optional<DatabaseUrl> target,
    Optional<Path> file,
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
        Optional.empty(),
        ProgressListener.none());
  }

  /** Returns the same with a folder whose files are offered. */
  public WizardSettings withFolder(Path offered) {
    return new WizardSettings(Optional.of(offered), uploads, largestUpload, target, file, listener);
  }

  /** Returns the same with another folder for uploads, which is made if it is not there. */
  public WizardSettings withUploads(Path other) {
    return new WizardSettings(folder, other, largestUpload, target, file, listener);
  }

  /** Returns the same with another limit. */
  public WizardSettings withLargestUpload(long bytes) {
    return new WizardSettings(folder, uploads, bytes, target, file, listener);
  }

  /** Returns the same with a PostgreSQL to move to. */
  public WizardSettings withTarget(DatabaseUrl url) {
    return new WizardSettings(folder, uploads, largestUpload, Optional.of(url), file, listener);
  }

  /** Returns the same with the SQLite file that the application is told to open. */
  public WizardSettings withFile(Path told) {
    return new WizardSettings(
        folder, uploads, largestUpload, target, Optional.of(told.toAbsolutePath()), listener);
  }

  /** Returns the same with somebody who is told as well how far imports are. */
  public WizardSettings withListener(ProgressListener other) {
    return new WizardSettings(folder, uploads, largestUpload, target, file, other);
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
