package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptCommandTest extends ChainsFixture {
  @ParameterizedTest
  @EnumSource(Backend.class)
  void printsWhatWouldRunAndRunsNothing(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--steps", "2");

    Outcome core = on(backend, "script", "--chain", "core", "--to-version", "5");
    assertThat(core.exitCode()).as(core.err()).isZero();
    assertThat(core.out())
        .startsWith("-- Migrations as they would run. Nothing of this has been executed.\n")
        .contains("CREATE TABLE logins (", "core_schema_history")
        .doesNotContain("CREATE TABLE users", password());
    assertThat(on(backend, "script", "--chain", "newsletters", "--json").out())
        .contains("\"steps\" : [ \"newsletters: V1__newsletters.sql\"");
    assertThat(on(backend, "status").out())
        .contains("core           pending  2 ", "newsletters    empty ");
  }

  @Test
  void whatItWritesToAFileLeavesWhatMigrateLeaves() throws Exception {
    Backend sqlite = Backend.SQLITE;
    on(sqlite, "migrate", "--chain", "core");
    Path file = folder().resolve("rest.sql");

    Outcome outcome = on(sqlite, "script", "--file", file.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Wrote 4 migrations to " + file + ".\n");
    assertThat(on(sqlite, "script", "--file", file.toString()).exitCode()).isEqualTo(2);

    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder().resolve("media.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(Files.readString(file));
    }
    assertThat(on(sqlite, "status").out()).endsWith("Every chain is current.\n");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void refusesWhatIsWrittenInJavaAndSaysHowToGoAbout(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--steps", "1");

    Outcome outcome = on(backend, "script");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).contains("is written in Java");
  }
}
