package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest extends RunnerFixture {
  @TempDir private Path folder;

  private String file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "secret", ""), content).toString();
  }

  @Test
  void theUrlMayStandInAFile() throws IOException {
    Outcome outcome = runWith(Map.of("DATABASE_URL_FILE", file(target() + "\n")), "describe");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void thePasswordOfTheUrlMayStandInAFile() throws IOException {
    String url = target().replace(":" + password() + "@", "@");
    Map<String, String> environment =
        Map.of("DATABASE_URL", url, "DATABASE_PASSWORD_FILE", file(password() + "\n"));

    assertThat(runWith(environment, "doctor").exitCode()).isZero();
    assertThat(runWith(Map.of("DATABASE_URL", url), "doctor").exitCode()).isEqualTo(1);
  }

  @Test
  void aPasswordInTheUrlGoesFirst() throws IOException {
    Map<String, String> environment =
        Map.of("DATABASE_URL", target(), "DATABASE_PASSWORD_FILE", file("another"));

    assertThat(runWith(environment, "doctor").exitCode()).isZero();
  }

  @Test
  void aServerThatAnOptionNamesDoesNotGetThePassword() throws IOException {
    String url = target().replace(":" + password() + "@", "@");

    Outcome outcome =
        runWith(Map.of("DATABASE_PASSWORD_FILE", file(password())), "doctor", "--to", url);

    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsRefusedWithoutItsContent() throws IOException {
    assertRefused(Map.of("DATABASE_URL_FILE", folder.resolve("none").toString()), "can be read");
    assertRefused(Map.of("DATABASE_URL_FILE", file("")), "of one line");
    assertRefused(Map.of("DATABASE_URL_FILE", file("hunter2\nhunter2")), "of one line");
    assertRefused(
        Map.of("DATABASE_URL_FILE", file(target()), "DATABASE_URL", target()), "DATABASE_URL");
  }

  private static void assertRefused(Map<String, String> environment, String words) {
    Outcome outcome = runWith(environment, "describe");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("DATABASE_URL_FILE", words)
        .doesNotContain("hunter2");
  }
}
