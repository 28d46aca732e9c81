package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.SourceRow;

/**
 * Cells that mean moments, days or times, counted as PostgreSQL counts them: microseconds or days
 * since 2000-01-01 00:00, microseconds since midnight. Everything lies between {@code -4713-11-24}
 * and the end of the year 294276, and none of it is an infinity.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public interface MomentReader {

  /** Returns the moment a cell means. */
  long moment(SourceRow row, int column);

  /** Returns the day and time a cell means, as a clock shows them. */
  long local(SourceRow row, int column);

  /** Returns the day a cell means. */
  int day(SourceRow row, int column);

  /** Returns the time of day a cell means. */
  long time(SourceRow row, int column);
}
