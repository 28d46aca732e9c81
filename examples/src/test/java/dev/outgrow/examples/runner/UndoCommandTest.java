package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndoCommandTest extends ChainsFixture {
  @ParameterizedTest
  @EnumSource(Backend.class)
  void takesVersionsBackAndTheNextRunShowsANewPassword(Backend backend) {
    String first = on(backend, "migrate").out();

    Outcome undo = on(backend, "undo", "--chain", "core", "--steps", "3");
    assertThat(undo.exitCode()).as(undo.err()).isZero();
    assertThat(undo.out())
        .contains(
            "  core   8 → 5    U8__summed_hours.sql\n",
            " U6__first_administrator.sql\n",
            "\n3 migrations taken back in ");
    assertThat(query(backend, "SELECT count(*) FROM logins")).containsExactly("0");

    Outcome again = on(backend, "migrate");
    assertThat(again.out()).contains("The first administrator logs in with").isNotEqualTo(first);
    assertThat(query(backend, "SELECT count(*) FROM users")).containsExactly("1");
    assertThat(on(backend, "status").exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void takesEveryChainBackToTheBaseAndForwardsAgain(Backend backend) {
    on(backend, "migrate");

    Outcome refused = on(backend, "undo", "--chain", "core", "--base");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).hasLineCount(1).contains("requires version");
    for (String chain : new String[] {"newsletters", "notifications", "core"}) {
      Outcome undo = on(backend, "undo", "--chain", chain, "--base", "--json");
      assertThat(undo.exitCode()).as(undo.err()).isZero();
      assertThat(undo.out()).contains("\"undone\" : [ \"U");
    }
    assertThat(on(backend, "undo", "--chain", "core").out()).startsWith("Nothing was to take back");
    assertThat(on(backend, "migrate").exitCode()).isZero();
    assertThat(on(backend, "drift").exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void uninstallAndResetDropWhatIsConfirmedAndNothingElse(Backend backend) {
    on(backend, "migrate");
    sql(backend, "CREATE TABLE mine (id integer)");

    assertThat(on(backend, "uninstall", "--chain", "newsletters").exitCode()).isEqualTo(2);
    assertThat(on(backend, "uninstall", "--chain", "newsletters", "--confirm", "core").exitCode())
        .isEqualTo(2);
    Outcome uninstall =
        on(backend, "uninstall", "--chain", "newsletters", "--confirm", "newsletters");
    assertThat(uninstall.exitCode()).as(uninstall.err()).isZero();
    assertThat(uninstall.out())
        .contains("  dropped  newsletter_issues\n", "  dropped  newsletters_schema_history\n");

    String name = backend == Backend.SQLITE ? "media.db" : url().database();
    assertThat(on(backend, "reset", "--confirm", "other").exitCode()).isEqualTo(2);
    Outcome reset = on(backend, "reset", "--confirm", name, "--json");
    assertThat(reset.exitCode()).as(reset.err()).isZero();
    assertThat(reset.out()).contains("\"users\"", "\"core_schema_history\"").doesNotContain("mine");
    assertThat(query(backend, "SELECT count(*) FROM mine")).containsExactly("0");
  }
}
