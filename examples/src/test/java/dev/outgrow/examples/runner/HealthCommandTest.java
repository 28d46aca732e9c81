package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.application.MediaApplication;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.examples.runner.RunnerFixture.Outcome;
import dev.outgrow.migration.StartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
  @Test
  void saysHowTheApplicationIs(@TempDir Path folder) {
    try (MediaApplication application = MediaApplication.listen("127.0.0.1", 0)) {
      String url = application.url() + "health";

      Outcome starting = RunnerFixture.run("health", url);
      application.open(
          DatabaseConfig.of(DatabaseUrl.sqlite(folder.resolve("media.db"))),
          Duration.ofSeconds(10),
          database -> MediaChains.of(database, login -> {}),
          StartPolicy.INITIALISE_EMPTY);
      Outcome up = RunnerFixture.run("health", url);

      assertThat(starting.exitCode()).isEqualTo(1);
      assertThat(starting.out()).startsWith("{\"status\":\"starting\"");
      assertThat(up.exitCode()).isZero();
      assertThat(up.out()).startsWith("{\"status\":\"up\"");
    }
  }

  @Test
  void nobodyThereIsAFailureInOneLine() {
    Outcome outcome = RunnerFixture.run("health", "http://127.0.0.1:1/health");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).singleElement().asString().contains("Nobody answers at");
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    assertThat(RunnerFixture.run("health", "not an address").exitCode()).isEqualTo(2);
    assertThat(RunnerFixture.run("health", "file:///etc/passwd").exitCode()).isEqualTo(2);
  }
}
