package dev.outgrow.examples.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.examples.media.Login;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginSessionsTest {
  private Instant now = Instant.EPOCH;
  private final LoginSessions sessions = new LoginSessions(() -> now);
  private final Login ada = new Login(1, "ada", true, false);

  @Test
  void endsASessionThatIsNotUsed() {
    String secret = sessions.begin(ada);
    now = now.plus(LoginSessions.IDLE);
    assertThat(sessions.find(secret)).isPresent();

    now = now.plus(LoginSessions.IDLE).plusMillis(1);
    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void endsASessionThatIsUsedForTooLong() {
    String secret = sessions.begin(ada);
    while (now.isBefore(Instant.EPOCH.plus(LoginSessions.LONGEST))) {
      assertThat(sessions.find(secret)).isPresent();
      now = now.plus(Duration.ofHours(11));
    }
    assertThat(sessions.find(secret)).isEmpty();
  }

  @Test
  void keepsAThousandAndLetsTheLongestUnusedGo() {
    String first = sessions.begin(ada);
    for (int i = 1; i < LoginSessions.MOST; i++) {
      now = now.plusSeconds(1);
      sessions.begin(ada);
    }
    assertThat(sessions.find(first)).isPresent();
    now = now.plusSeconds(1);
    String last = sessions.begin(ada);

    assertThat(sessions.find(first)).isPresent();
    assertThat(sessions.find(last)).isPresent();
  }

  @Test
  void endsAllOfOneUserAndNobodyElses() {
    String one = sessions.begin(ada);
    String two = sessions.begin(ada);
    String bob = sessions.begin(new Login(2, "bob", true, false));
    sessions.endAll(1);

    assertThat(sessions.find(one)).isEmpty();
    assertThat(sessions.find(two)).isEmpty();
    assertThat(sessions.find(bob)).isPresent();
    assertThat(sessions.find("guessed")).isEmpty();
  }
}
