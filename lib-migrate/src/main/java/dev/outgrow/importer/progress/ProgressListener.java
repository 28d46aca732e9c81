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

  /**
   * Is told what is worth knowing beside the progress: with what an import goes on, why it starts
   * again instead, what it has cleaned. Does nothing unless it is overridden.
   *
   * @param sentence one or more sentences
   */
  default void noted(String sentence) {}

  /** Returns a listener that takes note, and then has another do so. */
  default ProgressListener andThen(ProgressListener other) {
    ProgressListener first = this;
    return new ProgressListener() {
      @Override
      public void progressed(Progress progress) {
        first.progressed(progress);
        other.progressed(progress);
      }

      @Override
      public void noted(String sentence) {
        first.noted(sentence);
        other.noted(sentence);
      }
    };
  }

  /** Returns a listener that ignores everything. */
  static ProgressListener none() {
    return progress -> {};
  }
}
