package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreflightCommandTest extends ChainsFixture {
  private static final String ITEM =
      "INSERT INTO items (id, library_id, guid, media_type, title, added_at)";

  private void library(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--steps", "3");
    sql(backend, "INSERT INTO libraries (id, name) VALUES (1, 'Films')");
  }

  private void twoItemsOfOneGuid(Backend backend) {
    library(backend);
    sql(backend, ITEM + " VALUES (7, 1, 'g', 'movie', 'A', 0), (8, 1, 'g', 'movie', 'B', 0)");
  }

  private void manyItems() {
    library(Backend.POSTGRESQL);
    sql(
        Backend.POSTGRESQL,
        ITEM + " SELECT i, 1, i::text, 'movie', 'A', 0 FROM generate_series(1, 20000) i",
        "ANALYZE items");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void hasNothingToSayOfAnEmptyDatabaseAndMakesNothing(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--steps", "1");

    Outcome outcome = on(backend, "preflight");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Nothing was found in what is to run.\n");
    assertThat(on(backend, "status").out()).contains("core           pending  1 ");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void countsTheRowsThatAScriptIsSureToFailOn(Backend backend) {
    twoItemsOfOneGuid(backend);

    Outcome outcome = on(backend, "preflight");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("V4__indexes.sql, line 1, of chain core: 2 rows of ")
        .endsWith("A script is sure to fail: migrate refuses before anything of its chain runs.\n");
    Outcome json = on(backend, "preflight", "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.out())
        .contains("\"sureToFail\" : true", "\"count\" : 2")
        .doesNotContain(password());
    Outcome migrate = on(backend, "migrate");
    assertThat(migrate.exitCode()).isEqualTo(1);
    assertThat(migrate.err()).contains("2 rows of ");
    assertThat(on(backend, "status").out()).contains("core           pending  3 ");
  }

  @Test
  void whatLocksIsWarnedOfWithTheSafeWayAndRefusedOnlyWhereSaid() {
    Backend postgres = Backend.POSTGRESQL;
    manyItems();

    Outcome outcome = on(postgres, "preflight");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("of chain core (create-index): ", "\n    CREATE UNIQUE INDEX CONCURRENTLY ")
        .endsWith("Nothing of it is sure to fail: migrate warns and goes on.\n");
    assertThat(on(postgres, "preflight", "--json").out())
        .contains("\"rule\" : \"create-index\"", "\"level\" : \"warn\"");

    Outcome refused = on(postgres, "migrate", "--chain", "core", "--safety", "refuse");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("outgrow: The scripts of chain core would lock out or break the running")
        .contains(
            "\nV4__indexes.sql, line 2, ", "\n    CREATE INDEX CONCURRENTLY items_parent ON ");
    assertThat(on(postgres, "status").out()).contains("core           pending  3 ");
    Outcome unread = on(postgres, "migrate", "--safety", "off", "--lock-timeout", "500ms");
    assertThat(unread.exitCode()).as(unread.err()).isZero();
    assertThat(on(postgres, "preflight").out()).isEqualTo("Nothing was found in what is to run.\n");
  }

  @Test
  void refusesWordsAndTimesThatItDoesNotKnow() {
    Map<String, List<String>> refused =
        Map.of("--safety", List.of("loose", "WARN"), "--lock-timeout", List.of("5", "-1s", "61m"));
    refused.forEach(
        (option, words) ->
            words.forEach(
                word -> {
                  Outcome outcome = on(Backend.SQLITE, "migrate", option, word);
                  assertThat(outcome.exitCode()).as(option + " " + word).isEqualTo(2);
                  assertThat(outcome.err()).hasLineCount(1);
                }));
  }
}
