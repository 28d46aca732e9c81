package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SUMMED_DAYS;
import static org.jooq.impl.DSL.max;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Up to when the history is summed up: what began before is in the sums, everything else is read
 * from the sessions themselves. So an answer is right whatever is summed up; it only takes longer.
 *
 * @param until the first second that is not, in seconds of the epoch
 */
record Summed(long until) {
  static final long DAY = 86_400;
  static final long QUARTER = 900;
  static final long HOUR = 4 * QUARTER;
  static final long BLOCK = 28 * DAY;

  /** Nothing is summed up. */
  static final Summed NOTHING = new Summed(Long.MIN_VALUE);

  static Summed of(DSLContext sql) {
    @Nullable Long last = sql.select(max(SUMMED_DAYS.DAY)).from(SUMMED_DAYS).fetchSingle().value1();
    return last == null ? NOTHING : new Summed((last + 1) * DAY);
  }

  /** Where the sums of a range are, of which each is of so many seconds. */
  Part within(long begin, long end, long grain) {
    long from = -Math.floorDiv(-begin, grain) * grain;
    long to = until <= begin ? from : Math.floorDiv(Math.min(end, until), grain) * grain;
    return new Part(begin, end, Math.min(from, end), Math.max(to, Math.min(from, end)));
  }

  /**
   * A range, and what of it is read from the sums.
   *
   * @param begin where the range begins
   * @param end the first second after it
   * @param from the first second of the sums
   * @param to the first second after them; the same if there are none
   */
  record Part(long begin, long end, long from, long to) {
    boolean hasSums() {
      return from < to;
    }
  }
}
