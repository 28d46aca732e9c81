package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private Instant now = Instant.EPOCH;
  private final Attempts attempts = new Attempts(() -> now);

  private void fail(int times, String address, String name) {
    for (int i = 0; i < times; i++) {
      assertThat(attempts.begin(address, name)).isEmpty();
    }
  }

  @Test
  void letsFiveFailAndMakesTheSixthWait() {
    fail(5, "10.0.0.1", "ada");
    now = now.plusSeconds(60);

    assertThat(attempts.begin("10.0.0.1", "ada")).contains(Duration.ofMinutes(14));
    now = Instant.EPOCH.plus(Attempts.WINDOW);
    assertThat(attempts.begin("10.0.0.1", "ada")).isEmpty();
  }

  @Test
  void countsANameWhateverTheAddressAndAnAddressWhateverTheName() {
    fail(5, "10.0.0.1", "ada");

    assertThat(attempts.begin("10.0.0.2", "ada")).isPresent();
    assertThat(attempts.begin("10.0.0.1", "bob")).isPresent();
    assertThat(attempts.begin("10.0.0.2", "bob")).isEmpty();
  }

  @Test
  void forgetsWhatWasBeforeASuccess() {
    fail(4, "10.0.0.1", "ada");
    attempts.succeeded("10.0.0.1", "ada");

    fail(5, "10.0.0.1", "ada");
    assertThat(attempts.begin("10.0.0.1", "ada")).isPresent();
  }
}
