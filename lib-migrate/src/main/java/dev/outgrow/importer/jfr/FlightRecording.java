package dev.outgrow.importer.jfr;

import dev.outgrow.importer.progress.ProgressListener;

/**
 * Writes events {@code dev.outgrow.ImportPhase} and {@code dev.outgrow.ImportTable} to whatever
 * recordings run. Where none does they cost nothing; where the JDK has no Flight Recorder there are
 * none.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class FlightRecording {
  private static final boolean THERE = isThere();

  private FlightRecording() {}

  /** Returns a listener for one import. */
  public static ProgressListener listener() {
    return THERE ? new Recorder() : ProgressListener.none();
  }

  /** A JDK can be put together without the module. Names none of its classes but as text. */
  private static boolean isThere() {
    try {
      Class<?> event = Class.forName("jdk.jfr.Event");
      return FlightRecording.class.getModule().canRead(event.getModule());
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }
}
