package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How fast rows go by, with a clock of our own. */
class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void isNotKnownInTheFirstSecond() {
    Pace pace = new Pace(0, 0);
    pace.at(SECOND / 2, 500);

    assertThat(pace.rowsPerSecond(SECOND / 2, 500)).isZero();
    assertThat(Pace.timeLeft(0, 500, 1_000)).isNull();
  }

  @Test
  void tellsWhatTheRestTakesAtThisRate() {
    Pace pace = new Pace(0, 0);
    pace.at(2 * SECOND, 1_000);

    assertThat(pace.rowsPerSecond(2 * SECOND, 1_000)).isEqualTo(500);
    assertThat(Pace.timeLeft(500, 1_000, 2_500)).isEqualTo(Duration.ofSeconds(3));
    assertThat(Pace.timeLeft(500, 1_000, 0)).isNull();
    assertThat(Pace.timeLeft(500, 2_600, 2_500)).isZero();
  }

  @Test
  void forgetsWhatIsLongerAgoThanTenSeconds() {
    Pace pace = new Pace(0, 0);
    long rows = 0;
    for (int second = 1; second <= 60; second++) {
      rows += second <= 30 ? 1_000 : 10;
      pace.at(second * SECOND, rows);
    }

    assertThat(pace.rowsPerSecond(60 * SECOND, rows)).isEqualTo(10);
  }

  @Test
  void doesNotTakeAPauseForSpeed() {
    Pace pace = new Pace(0, 0);
    pace.at(SECOND, 100);
    pace.at(100 * SECOND, 200);

    assertThat(pace.rowsPerSecond(100 * SECOND, 200)).isBetween(1.0, 2.1);
  }

  @Test
  void beginsAnewWhereATableIsTakenBack() {
    Pace pace = new Pace(0, 0);
    pace.at(5 * SECOND, 5_000);
    pace.at(6 * SECOND, 1_000);
    pace.at(8 * SECOND, 3_000);

    assertThat(pace.rowsPerSecond(8 * SECOND, 3_000)).isEqualTo(1_000);
  }

  @Test
  void continuesWhereAPhaseWasLeft() {
    Pace pace = new Pace(0, 9_000);
    pace.at(2 * SECOND, 9_100);

    assertThat(pace.rowsPerSecond(2 * SECOND, 9_100)).isEqualTo(50);
  }
}
