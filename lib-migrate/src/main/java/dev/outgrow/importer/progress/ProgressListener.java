package dev.outgrow.importer.progress;

/**
 * Is told how far an import is: when a table begins and ends in a phase, and about every 10,000
 * rows between. Called on the thread that runs the import, so it must be quick; what it throws ends
 * the import.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ProgressListener {

  /** Takes note. */
  void progressed(Progress progress);

  /** Returns a listener that ignores everything. */
  static ProgressListener none() {
    return progress -> {};
  }
}
