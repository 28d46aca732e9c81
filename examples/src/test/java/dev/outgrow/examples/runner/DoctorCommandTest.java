package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest extends RunnerFixture {
  @TempDir private Path folder;

  @Test
  void endsWithZeroWhereEverythingPassesOnBothBackends() throws SQLException {
    postgres("CREATE TABLE users(id int)", "INSERT INTO users VALUES (1)");
    Path file =
        sqlite(
            folder.resolve("a.db"), "CREATE TABLE users(id int)", "INSERT INTO users VALUES (1)");
    for (String url : new String[] {target(), "sqlite:///" + file}) {
      Outcome outcome =
          run("doctor", "--to", url, "--require-table", "users", "--require-row", "users");
      assertThat(outcome.exitCode()).as(outcome.out()).isZero();
      assertThat(outcome.out().lines()).hasSize(4).allMatch(line -> line.startsWith("ok "));
      assertThat(outcome.out()).doesNotContain(password());
    }
  }

  @Test
  void endsWithOneWhereSomethingFailsAndSaysWhatToDo() {
    Outcome outcome =
        runWith(Map.of("DATABASE_URL", target()), "doctor", "--require-table", "users", "--json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("\"passed\" : false", "\"check\" : \"table users\"", "migrations");
  }

  @Test
  void endsWithOneWhereNobodyAnswersAndWithTwoWithoutTheFile() {
    Outcome nobody = run("doctor", "--to", "postgresql://app:hidden@127.0.0.1:1/app");
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.out()).startsWith("FAIL     reachable: ").doesNotContain("hidden");

    Path file = folder.resolve("none.db");
    assertThat(run("doctor", "--to", "sqlite:///" + file).exitCode()).isEqualTo(2);
    assertThat(Files.exists(file)).isFalse();
  }
}
