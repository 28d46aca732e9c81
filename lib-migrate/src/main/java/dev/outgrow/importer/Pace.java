package dev.outgrow.importer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** How fast rows go by: over the last ten seconds, or since the beginning where that is shorter. */
final class Pace {
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();
  private static final long BETWEEN = Duration.ofMillis(250).toNanos();
  private static final long FIRST = Duration.ofSeconds(1).toNanos();
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** So many rows were done at that time. */
  private record Sample(long nanos, long rows) {}

  /** Begins with rows that are done already. */
  Pace(long nanos, long rows) {
    samples.add(new Sample(nanos, rows));
  }

  /** Takes note of how many rows are done by now. */
  void at(long nanos, long rows) {
    if (rows < samples.getLast().rows()) { // a table was taken back: what was measured is void
      samples.clear();
    } else if (nanos - samples.getLast().nanos() < BETWEEN) {
      return;
    }
    samples.add(new Sample(nanos, rows));
    while (samples.size() > 2 && nanos - second().nanos() > WINDOW) {
      samples.removeFirst();
    }
  }

  /** The one before the window stays, so that rows that come seldom do not seem to come fast. */
  private Sample second() {
    return samples.stream().skip(1).findFirst().orElseThrow();
  }

  /** Returns rows in a second; 0 during the first. */
  double rowsPerSecond(long nanos, long rows) {
    Sample first = samples.getFirst();
    long took = nanos - first.nanos();
    return took < FIRST ? 0 : Math.max(0, rows - first.rows()) / (took / SECOND);
  }

  /** Returns how long the rest takes at this rate; null where there is none, or no total. */
  static @Nullable Duration timeLeft(double rowsPerSecond, long rows, long totalRows) {
    return rowsPerSecond <= 0 || totalRows <= 0
        ? null
        : Duration.ofMillis((long) (1000.0 * Math.max(0, totalRows - rows) / rowsPerSecond));
  }
}
