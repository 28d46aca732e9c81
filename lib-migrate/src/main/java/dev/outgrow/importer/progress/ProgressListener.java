package dev.outgrow.importer.progress;

/**
 * Is told how far an import is: when a phase, and a table in it, begins and ends, and about every
 * 10,000 rows or 8 MiB between. Called on the thread that runs the import, so it must be quick.
 *
 * <p>What it throws ends the import, and it is told nothing more. When the last phase has ended
 * everything is in its place: what it throws then reaches the caller, but undoes nothing.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ProgressListener {

  /** Takes note. */
  void progressed(Progress progress);

  /** Returns a listener that takes note, and then has another do so. */
  default ProgressListener andThen(ProgressListener other) {
    return progress -> {
      progressed(progress);
      other.progressed(progress);
    };
  }

  /** Returns a listener that ignores everything. */
  static ProgressListener none() {
    return progress -> {};
  }
}
