package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.ConflictException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a budget allows, by a clock that only the pauses move. */
class RetryingTest {
  private final List<Long> pauses = new ArrayList<>();
  private long now;
  private int attempts;

  private final Retrying retrying =
      new Retrying(
          new AtTheLatest() {
            @Override
            public void pause(Duration time) {
              pauses.add(time.toMillis());
              now += time.toNanos();
            }
          });

  @Test
  void doublesItsPausesUpToTheLongest() {
    fail(Retry.of(10, Duration.ofMinutes(1)), conflict());

    assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L);
    assertThat(attempts).isEqualTo(10);
  }

  @Test
  void beginsNoAttemptBehindItsBudget() {
    fail(Retry.of(1000, Duration.ofMillis(100)), conflict());

    assertThat(pauses).containsExactly(10L, 20L, 40L);
  }

  @Test
  void takesOtherPauses() {
    Retry retry = Retry.of(4, Duration.ofMinutes(1));
    fail(retry.withDelays(Duration.ofMillis(1), Duration.ofMillis(2)), conflict());

    assertThat(pauses).containsExactly(1L, 2L, 2L);
  }

  @Test
  void drawsEachPauseFromNothingToItsMost() {
    Retry retry = Retry.of(4, Duration.ofMinutes(1));

    assertThat(retry.delay(1, 0)).isZero();
    assertThat(retry.delay(2, 0.25)).isEqualTo(Duration.ofMillis(5));
    assertThat(retry.delay(9_999, 0.999)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void saysHowOftenItWasAttempted() {
    assertThatExceptionOfType(ConflictException.class)
        .isThrownBy(() -> run(Retry.of(3, Duration.ofMinutes(1)), conflict()))
        .withMessageContaining("attempted 3 times in 30 ms");
  }

  @Test
  void returnsWhatALaterAttemptGives() {
    Integer given =
        retrying.run(
            Retry.of(5, Duration.ofMinutes(1)),
            () -> {
              if (++attempts < 3) {
                throw conflict();
              }
              return attempts;
            });

    assertThat(given).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"40001, 2", "40P01, 2", "55P03, 2", "23505, 1", "57014, 1", "08006, 1", "42601, 1"})
  void attemptsAgainOnlyWhatLost(String state, int expected) {
    SQLException failure = new SQLException("x", state);

    fail(Retry.of(2, Duration.ofMinutes(1)), new IllegalStateException("wrapped", failure));

    assertThat(attempts).isEqualTo(expected);
  }

  @Test
  void neverAttemptsAgainWhatMayHaveBeenCommitted() {
    fail(
        Retry.of(5, Duration.ofMinutes(1)),
        new UnknownOutcomeException("Lost.", new SQLException("x", "40001")));

    assertThat(attempts).isEqualTo(1);
  }

  @Test
  void isCancelledInAPause() {
    Retrying interrupted =
        new Retrying(
            new AtTheLatest() {
              @Override
              public void pause(Duration time) throws InterruptedException {
                throw new InterruptedException();
              }
            });

    assertThatThrownBy(
            () ->
                interrupted.run(
                    Retry.of(5, Duration.ofMinutes(1)),
                    () -> {
                      throw conflict();
                    }))
        .isInstanceOf(CancelledException.class)
        .hasCauseInstanceOf(ConflictException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesNumbersOutOfTheirRange() {
    List<Runnable> wrong =
        List.of(
            () -> Retry.of(0, Duration.ZERO),
            () -> Retry.of(10_001, Duration.ZERO),
            () -> Retry.of(1, Duration.ofHours(2)),
            () -> Retry.none().withDelays(Duration.ZERO, Duration.ofSeconds(1)),
            () -> Retry.none().withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)),
            () -> TransactionOptions.builder().statementTimeout(Duration.ZERO).build(),
            () -> TransactionOptions.builder().lockTimeout(Duration.ofDays(2)).build());

    for (Runnable each : wrong) {
      assertThatExceptionOfType(ConfigurationException.class).isThrownBy(each::run);
    }
  }

  private static OutgrowException conflict() {
    return new ConflictException("Lost.", "Again.", "40001", null);
  }

  private void fail(Retry retry, RuntimeException failure) {
    assertThatThrownBy(() -> run(retry, failure)).isNotNull();
  }

  private void run(Retry retry, RuntimeException failure) {
    retrying.run(
        retry,
        () -> {
          attempts++;
          throw failure;
        });
  }

  /** Draws the longest pause, and has a clock that stands still. */
  private abstract class AtTheLatest implements Waiting {
    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public double random() {
      return 1.0;
    }
  }
}
