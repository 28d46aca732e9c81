package dev.outgrow.examples.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts logins that failed, by address and by name: after 5 within 15 minutes whoever it is waits
 * until the 15 minutes are over. What is counted is bounded: of more than 10,000 the oldest are
 * forgotten.
 *
 * <p>An attempt counts before its password is looked at, so that many at once do not slip through,
 * and one that succeeds is taken back.
 *
 * <p><em>Thread-safe.</em>
 */
final class Attempts {
  static final int MOST = 5;
  static final Duration WINDOW = Duration.ofMinutes(15);
  private static final int REMEMBERED = 10_000;

  private final InstantSource clock;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Count(int attempts, Instant began) {}

  Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts an attempt; returns how long to wait if there were too many, and does not count it. */
  synchronized Optional<Duration> begin(String address, String name) {
    Instant now = clock.instant();
    Duration wait = Duration.ZERO;
    for (String key : keys(address, name)) {
      Count count = counts.get(key);
      if (count != null && count.attempts() >= MOST && now.isBefore(end(count))) {
        Duration left = Duration.between(now, end(count));
        wait = left.compareTo(wait) > 0 ? left : wait;
      }
    }
    if (!wait.isZero()) {
      return Optional.of(wait);
    }
    keys(address, name).forEach(key -> counts.merge(key, new Count(1, now), this::another));
    return Optional.empty();
  }

  /** Takes an attempt back that has succeeded, with those before it. */
  synchronized void succeeded(String address, String name) {
    keys(address, name).forEach(counts::remove);
  }

  private Count another(Count before, Count first) {
    return first.began().isBefore(end(before))
        ? new Count(before.attempts() + 1, before.began())
        : first;
  }

  private static Instant end(Count count) {
    return count.began().plus(WINDOW);
  }

  private static List<String> keys(String address, String name) {
    return List.of("address " + address, "name " + name);
  }
}
