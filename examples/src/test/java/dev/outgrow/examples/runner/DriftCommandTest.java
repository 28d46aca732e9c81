package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftCommandTest extends ChainsFixture {
  @ParameterizedTest
  @EnumSource(Backend.class)
  void saysThatThereIsNone(Backend backend) {
    on(backend, "migrate");

    Outcome outcome = on(backend, "drift");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("core at version 8: as its migrations make it\n")
        .endsWith("No drift.\n");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void namesWhatWasChangedByHand(Backend backend) {
    on(backend, "migrate");
    sql(
        backend,
        "DROP INDEX items_guid",
        "ALTER TABLE newsletters ADD COLUMN hue integer",
        "CREATE TABLE mine (id integer)");

    Outcome outcome = on(backend, "drift");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out())
        .contains("items_guid", "hue", "notifications at version 2: as its migrations make it")
        .contains("mine")
        .doesNotContain("No drift");
    Outcome json = on(backend, "drift", "--json");
    assertThat(json.exitCode()).isEqualTo(3);
    assertThat(json.out())
        .contains("\"drift\" : true", "\"difference\" : \"missing\"", "\"name\" : \"items_guid\"")
        .contains("\"difference\" : \"unexpected\"")
        .doesNotContain(password());
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void thereIsNoneBeforeTheFirstMigration(Backend backend) {
    sql(backend, "CREATE TABLE mine (id integer)");

    Outcome outcome = on(backend, "drift");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("core: nothing has run\n");
  }
}
