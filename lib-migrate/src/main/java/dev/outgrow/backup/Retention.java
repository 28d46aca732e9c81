package dev.outgrow.backup;

import dev.outgrow.error.ConfigurationException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which backups are kept: the last ones, the last of each day, the last of each week. One that any
 * of these keeps is kept. Days and weeks are those of UTC; weeks begin on Monday.
 *
 * <p><em>Immutable.</em>
 *
 * @param last how many of the newest: 1 to 1,000,000
 * @param daily of how many days, the newest that have a backup, the newest of each: 0 to 1,000,000
 * @param weekly of how many weeks, in the same way: 0 to 1,000,000
 * @since 0.1
 */
public record Retention(int last, int daily, int weekly) {
  private static final int MOST = 1_000_000;

  /**
   * Checks the numbers.
   *
   * @throws ConfigurationException if one is out of its range: the newest is always kept
   */
  public Retention {
    require("keep last", last, 1);
    require("keep daily", daily, 0);
    require("keep weekly", weekly, 0);
  }

  /** Keeps the newest ones. */
  public static Retention last(int backups) {
    return new Retention(backups, 0, 0);
  }

  /** Keeps the newest of each of so many days as well. */
  public Retention daily(int days) {
    return new Retention(last, days, weekly);
  }

  /** Keeps the newest of each of so many weeks as well. */
  public Retention weekly(int weeks) {
    return new Retention(last, daily, weeks);
  }

  /** Returns which of these moments are kept. Nothing but the moments matters. */
  public Set<Instant> kept(Collection<Instant> moments) {
    List<Instant> newestFirst =
        moments.stream().distinct().sorted(Comparator.reverseOrder()).toList();
    Set<Instant> kept = new LinkedHashSet<>(first(newestFirst, last));
    kept.addAll(first(newestOfEach(newestFirst, Retention::day), daily));
    kept.addAll(first(newestOfEach(newestFirst, Retention::week), weekly));
    return kept;
  }

  private static List<Instant> first(List<Instant> moments, int most) {
    return moments.subList(0, Math.min(most, moments.size()));
  }

  private static List<Instant> newestOfEach(
      List<Instant> newestFirst, Function<Instant, Object> span) {
    Set<Object> seen = new HashSet<>();
    return newestFirst.stream().filter(moment -> seen.add(span.apply(moment))).toList();
  }

  private static Object day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static Object week(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    return List.of(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  private static void require(String option, int value, int least) {
    if (value < least || value > MOST) {
      throw new ConfigurationException(option, Integer.toString(value), least + " to " + MOST);
    }
  }
}
