package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Watch watch = new Watch();

  /** Time that passes only while somebody pauses. */
  static final class Watch implements Waiting {
    final List<Long> pausesMillis = new ArrayList<>();
    long now = Long.MAX_VALUE - 1; // where System.nanoTime may stand: it runs over
    double chance = 1;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void pause(Duration time) {
      pausesMillis.add(time.toMillis());
      now += time.toNanos();
    }

    @Override
    public double random() {
      return chance;
    }
  }

  @Test
  void handsBackWhatTheFirstAttemptGivesWithoutAPause() {
    assertThat(readiness(0).<String>await(left -> "ready")).isEqualTo("ready");
    assertThat(watch.pausesMillis).isEmpty();
  }

  @Test
  void triesAgainAfterPausesThatDoubleUpToTwoSeconds() {
    List<Duration> left = new ArrayList<>();
    String answer =
        readiness(60)
            .await(
                time -> {
                  left.add(time);
                  return left.size() < 8 ? absent() : "ready";
                });

    assertThat(answer).isEqualTo("ready");
    assertThat(watch.pausesMillis).containsExactly(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L);
    assertThat(left).startsWith(Duration.ofSeconds(60), Duration.ofMillis(59_900));
  }

  @Test
  void shortensAPauseByAHalfAtMost() {
    watch.chance = 0;
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> readiness(1).await(left -> absent()));

    assertThat(watch.pausesMillis).startsWith(50L, 100L, 200L, 400L);
  }

  @Test
  void triesALastTimeWhenItsPatienceEnds() {
    List<Duration> left = new ArrayList<>();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () ->
                readiness(1)
                    .await(
                        time -> {
                          left.add(time);
                          return absent();
                        }))
        .withMessage("Not ready after PT1S and 5 attempts: Nobody there. Look.")
        .withCauseInstanceOf(UnavailableException.class);

    assertThat(left).hasSize(5).endsWith(Duration.ZERO);
    assertThat(watch.pausesMillis).containsExactly(100L, 200L, 400L, 300L);
  }

  @Test
  void failsAtOnceOnWhatWaitingCannotMend() {
    AccessException refusal = new AccessException("No.", "Ask.", "28P01", null);

    assertThatExceptionOfType(AccessException.class)
        .isThrownBy(
            () ->
                readiness(60)
                    .await(
                        left -> {
                          throw refusal;
                        }))
        .isSameAs(refusal);
    assertThat(watch.pausesMillis).isEmpty();
  }

  @Test
  void endsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(
              () -> new Readiness(Duration.ofHours(1), Waiting.REAL).await(left -> absent()))
          .withMessageStartingWith("Waiting was interrupted: Nobody there.");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesAPatienceOutOfItsRange() {
    for (long seconds : new long[] {-1, 86_401}) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> readiness(seconds))
          .withMessage(
              "patience cannot be \""
                  + Duration.ofSeconds(seconds)
                  + "\". Allowed: PT0S to PT24H.");
    }
  }

  private Readiness readiness(long seconds) {
    return new Readiness(Duration.ofSeconds(seconds), watch);
  }

  private static String absent() {
    throw new UnavailableException("Nobody there.", "Look.", null);
  }
}
