package dev.outgrow.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");

  @Test
  void keepsTheNewestOfEachDayAndWeek() {
    List<Instant> hourly =
        IntStream.range(0, 24 * 15).mapToObj(h -> MONDAY.plus(h, ChronoUnit.HOURS)).toList();

    assertThat(Retention.last(2).daily(3).weekly(3).kept(hourly))
        .containsExactlyInAnyOrder(
            Instant.parse("2026-11-30T23:00:00Z"),
            Instant.parse("2026-11-30T22:00:00Z"),
            Instant.parse("2026-11-29T23:00:00Z"),
            Instant.parse("2026-11-28T23:00:00Z"),
            Instant.parse("2026-11-22T23:00:00Z"));
  }

  @Test
  void theNewestIsAlwaysKept() {
    assertThatThrownBy(() -> Retention.last(0))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("keep last cannot be \"0\"");
    assertThatThrownBy(() -> Retention.last(1).daily(-1))
        .isInstanceOf(ConfigurationException.class);
  }

  @Property(tries = 300, seed = "10")
  @Tag("property")
  void keepsWhatItSaysAndNothingElse(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int last,
      @ForAll @IntRange(max = 6) int daily,
      @ForAll @IntRange(max = 4) int weekly) {
    List<Instant> moments =
        new Random(seed)
            .longs(60, 0, 3_000_000)
            .mapToObj(MONDAY::plusSeconds)
            .collect(Collectors.toList());
    Retention retention = new Retention(last, daily, weekly);
    Set<Instant> kept = retention.kept(moments);

    Collections.shuffle(moments, new Random(seed));
    assertThat(retention.kept(moments)).isEqualTo(kept);
    assertThat(retention.kept(kept)).isEqualTo(kept); // pruning again deletes nothing
    assertThat(kept).isSubsetOf(moments).hasSizeBetween(1, last + daily + weekly);
    assertThat(kept).contains(Collections.max(moments));
    List<Instant> newestFirst =
        moments.stream().distinct().sorted(Collections.reverseOrder()).toList();
    assertThat(kept).containsAll(newestFirst.subList(0, last));
    List<LocalDate> days = newestFirst.stream().map(RetentionTest::day).distinct().toList();
    for (LocalDate day : days.subList(0, Math.min(daily, days.size()))) {
      assertThat(kept)
          .contains(newestFirst.stream().filter(m -> day(m).equals(day)).findFirst().get());
    }
    List<Long> weeks = newestFirst.stream().map(RetentionTest::week).distinct().toList();
    for (long week : weeks.subList(0, Math.min(weekly, weeks.size()))) {
      assertThat(kept)
          .contains(newestFirst.stream().filter(m -> week(m) == week).findFirst().get());
    }
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static long week(Instant moment) {
    return Math.floorDiv(ChronoUnit.DAYS.between(MONDAY, moment), 7);
  }
}
