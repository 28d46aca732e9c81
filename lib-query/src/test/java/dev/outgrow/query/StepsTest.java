package dev.outgrow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.fixture.Moments;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void knowsDaysOf23And25Hours() {
    assertThat(hoursOf(NEW_YORK, "2025-03-08", "2025-03-11")).containsExactly(24L, 23L, 24L);
    assertThat(hoursOf(NEW_YORK, "2025-11-01", "2025-11-04")).containsExactly(24L, 25L, 24L);
    assertThat(hoursOf(ZoneId.of("Asia/Kolkata"), "2025-03-08", "2025-03-11")).containsOnly(24L);
  }

  /** Midnight comes twice in Havana when clocks go back; the day begins with the first. */
  @Test
  void beginsADayWithItsFirstMidnight() {
    assertThat(hoursOf(ZoneId.of("America/Havana"), "2025-11-01", "2025-11-04"))
        .containsExactly(24L, 25L, 24L);
    assertThat(hoursOf(ZoneId.of("America/Havana"), "2025-03-08", "2025-03-11"))
        .containsExactly(24L, 23L, 24L);
  }

  @Test
  void leavesOutADateThatAZoneSkipped() {
    ZoneId apia = ZoneId.of("Pacific/Apia");

    assertThat(
            Steps.days(LocalDate.of(2011, 12, 29), LocalDate.of(2012, 1, 1), apia).begins().stream()
                .map(begin -> begin.atZone(apia).toLocalDate()))
        .containsExactly(LocalDate.of(2011, 12, 29), LocalDate.of(2011, 12, 31));
  }

  @Test
  void countsTheHourThatComesTwiceTwice() {
    Instant from = LocalDate.of(2025, 11, 2).atStartOfDay(NEW_YORK).toInstant();
    Instant to = LocalDate.of(2025, 11, 3).atStartOfDay(NEW_YORK).toInstant();

    assertThat(Steps.between(from, to, Step.of(CalendarUnit.HOUR, NEW_YORK)).begins()).hasSize(25);
  }

  @Test
  void beginsWeeksOnTheDayThatIsWanted() {
    Instant from = Instant.parse("2025-03-05T12:00:00Z");
    Steps steps =
        Steps.between(from, from.plus(20, ChronoUnit.DAYS), Step.weeks(NEW_YORK, DayOfWeek.SUNDAY));

    assertThat(steps.begins().get(0).atZone(NEW_YORK).toLocalDate())
        .isEqualTo(LocalDate.of(2025, 3, 2));
    assertThat(steps.begins())
        .hasSize(4)
        .allMatch(begin -> begin.atZone(NEW_YORK).getDayOfWeek() == DayOfWeek.SUNDAY);
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Moments.arbitrary();
  }

  /** Every step ends where the next begins, the range is covered, and dates are as in java.time. */
  @Property(tries = 300, seed = "11")
  void coversTheRangeInOrder(@ForAll("moments") Instant from) {
    Instant to = from.plus(100, ChronoUnit.HOURS);
    for (ZoneId zone : Moments.ZONES) {
      for (CalendarUnit unit : CalendarUnit.values()) {
        List<Instant> begins = Steps.between(from, to, Step.of(unit, zone)).begins();

        assertThat(begins).isSorted().doesNotHaveDuplicates();
        assertThat(begins.get(0)).isBeforeOrEqualTo(from);
        assertThat(begins.get(begins.size() - 1)).isBefore(to);
        if (begins.size() > 1) {
          assertThat(begins.get(1)).isAfter(from);
        }
        if (unit == CalendarUnit.DAY) {
          assertThat(begins).isEqualTo(days(from, to, zone));
        }
      }
    }
  }

  private static List<Instant> days(Instant from, Instant to, ZoneId zone) {
    List<Instant> begins = new ArrayList<>();
    LocalDate date = from.atZone(zone).toLocalDate();
    while (date.atStartOfDay(zone).toInstant().isBefore(to)) {
      begins.add(date.atStartOfDay(zone).toInstant());
      date = date.plusDays(1);
    }
    return begins;
  }

  @Test
  void refusesWhatIsNoRangeOrTooFine() {
    Instant now = Instant.parse("2025-01-01T00:00:00Z");
    Step second = Step.of(Duration.ofSeconds(1));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Steps.between(now, now, second))
        .withMessageContaining("after 2025-01-01T00:00:00Z");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Steps.between(now, now.plus(2, ChronoUnit.DAYS), second))
        .withMessageContaining("100000");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Step.of(Duration.ofMillis(1_500)));
    assertThat(Steps.between(now, now.plusSeconds(Steps.MOST), second).begins())
        .hasSize(Steps.MOST);
  }

  private static List<Long> hoursOf(ZoneId zone, String from, String to) {
    Steps steps = Steps.days(LocalDate.parse(from), LocalDate.parse(to), zone);
    List<Instant> begins = new ArrayList<>(steps.begins());
    begins.add(LocalDate.parse(to).atStartOfDay(zone).toInstant());
    List<Long> hours = new ArrayList<>();
    for (int i = 1; i < begins.size(); i++) {
      hours.add(ChronoUnit.HOURS.between(begins.get(i - 1), begins.get(i)));
    }
    return hours;
  }
}
