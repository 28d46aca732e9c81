package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationCommandsTest extends ChainsFixture {
  @ParameterizedTest
  @EnumSource(Backend.class)
  void migratesEveryChainAndThenHasNothingToDo(Backend backend) {
    Outcome first = on(backend, "migrate");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains(
            "  chain          version  ran\n",
            "  core           0 → 8    V1__users_and_libraries.sql\n",
            "  notifications  0 → 2    V1__notifiers_and_logs.sql\n",
            "  newsletters    0 → 2    V1__newsletters.sql\n",
            "\n12 migrations in ");

    Outcome again = on(backend, "migrate");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out())
        .contains("  core           8        –\n", "\nNothing was to run. 0 migrations in ");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void migratesAChainByStepsAndToAVersion(Backend backend) {
    Outcome steps = on(backend, "migrate", "--chain", "core", "--steps", "2");
    assertThat(steps.out()).contains("  core   0 → 2    V1__users_and_libraries.sql\n");
    Outcome version = on(backend, "migrate", "--chain", "core", "--to-version", "4");
    assertThat(version.out()).contains("  core   2 → 4    V3__settings.sql\n");

    Outcome status = on(backend, "status");
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.out())
        .contains(
            "  core           pending  4        8               4\n",
            "  newsletters    empty    –        2               2\n",
            "\nRun \"examples/outgrow migrate\".\n");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void saysThatEveryChainIsCurrent(Backend backend) {
    on(backend, "migrate");

    Outcome status = on(backend, "status");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).endsWith("\nEvery chain is current.\n");
    assertThat(on(backend, "status", "--json").out())
        .contains("\"current\" : true", "\"state\" : \"current\"", "\"unknownTables\" : [ ]")
        .doesNotContain(password());
    assertThat(on(backend, "validate").out()).isEqualTo("What has run is what the scripts say.\n");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void printsTheHistoryOfOneChainOrAll(Backend backend) {
    on(backend, "migrate", "--chain", "core");

    Outcome all = on(backend, "history");
    assertThat(all.out())
        .contains("core\n  #  version  what ", "first administrator", "JDBC")
        .contains("newsletters\n  Nothing has run.\n");
    assertThat(on(backend, "history", "--chain", "newsletters").out())
        .isEqualTo("newsletters\n  Nothing has run.\n");
    assertThat(on(backend, "history", "--json").out())
        .contains("\"tookMillis\" : ", "\"script\" : \"V3__settings.sql\"", "\"success\" : true");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void eachByItselfGoesOnBehindAFailure(Backend backend) {
    on(backend, "migrate", "--chain", "core");
    sql(backend, "CREATE TABLE notifiers (id int)");

    Outcome whole = on(backend, "migrate");
    assertThat(whole.exitCode()).isEqualTo(1);
    assertThat(whole.out()).isEmpty();
    assertThat(whole.err().lines()).hasSize(1);

    Outcome each = on(backend, "migrate", "--each");
    assertThat(each.exitCode()).isEqualTo(1);
    assertThat(each.out())
        .contains("  notifications  0        refused\n", "  newsletters    0 → 2    V1__")
        .endsWith("; not everything ran.\n");
    assertThat(each.err()).startsWith("outgrow: notifications: ").hasLineCount(1);
    assertThat(on(backend, "migrate", "--each", "--json").out())
        .contains("\"complete\" : false", "\"outcome\" : \"refused\"", "\"failure\" : \"");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void refusesWithOneSentenceAndNoStackTrace(Backend backend) {
    on(backend, "migrate");
    sql(backend, "UPDATE core_schema_history SET checksum = 1 WHERE version = '3'");

    Outcome validate = on(backend, "validate");
    assertThat(validate.exitCode()).isEqualTo(1);
    assertThat(validate.err())
        .startsWith("outgrow: The database is not ready: chain core is changed. V3__settings.sql")
        .hasLineCount(1)
        .doesNotContain(password());
    assertThat(on(backend, "status", "--chain", "core").exitCode()).isEqualTo(2);
    Outcome unknown = on(backend, "history", "--chain", "clips");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("one of core, notifications, newsletters");
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (String[] arguments :
        new String[][] {
          {"migrate", "--steps", "1"},
          {"migrate", "--chain", "core", "--steps", "1", "--to-version", "2"},
          {"migrate", "--chain", "core", "--steps", "0"},
          {"migrate", "--chain", "core", "--to-version", "99"},
          {"migrate", "--chain", "core", "--each"},
          {"repair"},
          {"adopt", "--chain", "core"}
        }) {
      Outcome outcome = on(Backend.SQLITE, arguments);
      assertThat(outcome.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(outcome.err()).hasLineCount(1);
    }
  }

  @Test
  void theRemedyNamesTheDatabaseThatWasNamed() {
    on(Backend.SQLITE, "migrate", "--chain", "core");
    String url = databaseUrl(Backend.SQLITE);

    String remedy = "Run \"DATABASE_URL=" + url + " examples/outgrow migrate\".";
    assertThat(run("status", "--to", url).out()).contains(remedy);
    assertThat(run("status", "--to", target()).out())
        .contains("Run \"DATABASE_URL=postgresql://postgres:***@127.0.0.1:")
        .doesNotContain(password());
  }

  @Test
  void aLookMakesNoFile() {
    for (String command : new String[] {"status", "history", "validate"}) {
      Outcome outcome = on(Backend.SQLITE, command);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err()).contains("There is no file ", "migrate makes it");
    }
    assertThat(Files.exists(folder().resolve("media.db"))).isFalse();
  }

  @Test
  void withoutADatabaseItIsAnEmbeddedOne() {
    Outcome outcome = runWith(Map.of(), "migrate", "--chain", "newsletters", "--json");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("No database was named. Started an embedded PostgreSQL at postgresql://")
        .contains("outgrow: Chain newsletters requires version 1 of chain core, which is at 0.");
  }
}
