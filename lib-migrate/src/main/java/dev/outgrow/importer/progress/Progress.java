package dev.outgrow.importer.progress;

import dev.outgrow.importer.plan.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * <p>The rate is that of the last ten seconds of the phase, so that it follows a table of wide rows
 * after one of narrow ones. The time left is what the rest of the phase's rows takes at that rate;
 * later phases are not in it, since nothing tells beforehand how long an index takes.
 *
 * <p><em>Immutable.</em>
 *
 * @param event what happened
 * @param phase the part it is in
 * @param table the source table it is at; empty where the event is not about one
 * @param tableRows rows of this table done in this phase
 * @param rows rows of all tables done in this phase
 * @param totalRows rows of all tables there are; 0 where that is not known or the phase does not go
 *     row by row
 * @param tableBytes bytes of this table sent to PostgreSQL; 0 in every phase but {@link Phase#LOAD}
 * @param bytes bytes of all tables sent in this phase
 * @param elapsed time since the phase began; of a table that ends, since that began
 * @param rowsPerSecond rows of all tables in a second; 0 while it is not known
 * @param timeLeft time until the phase ends; null while it is not known: in its first second, and
 *     where {@code totalRows} is 0
 * @since 0.1
 */
public record Progress(
    Event event,
    Phase phase,
    String table,
    long tableRows,
    long rows,
    long totalRows,
    long tableBytes,
    long bytes,
    Duration elapsed,
    double rowsPerSecond,
    @Nullable Duration timeLeft) {

  /**
   * What a progress is told for.
   *
   * @since 0.1
   */
  public enum Event {
    /** A phase begins. It may have been there before: a table can turn out to be loaded anew. */
    PHASE_BEGINS,
    /** A table begins in a phase that goes table by table. */
    TABLE_BEGINS,
    /** Some more rows are done. */
    ROWS,
    /** A table is done in this phase. */
    TABLE_ENDS,
    /** A phase is done. */
    PHASE_ENDS,
    /** Everything is done, and in its place. */
    DONE,
    /** The import ended before it was done. The exception says why. */
    FAILED
  }
}
