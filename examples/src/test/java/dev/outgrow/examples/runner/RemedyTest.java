package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.examples.media.MediaChains;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command that a remedy names exists, and mends as it is printed. */
class RemedyTest extends ChainsFixture {
  private static final Pattern COMMAND =
      Pattern.compile('"' + Pattern.quote(MediaChains.PROGRAM) + " ([^\"]+)\"");

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsAnEmptyAndAPendingSchema(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--steps", "1");

    assertMended(backend, "pending", "migrate");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsAVersionBelowThoseThatHaveRun(Backend backend) {
    on(backend, "migrate");
    sql(backend, "DELETE FROM core_schema_history WHERE version = '3'", "DROP TABLE \"Settings\"");

    assertMended(backend, "out of order", "migrate --out-of-order");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsAChangedScript(Backend backend) {
    on(backend, "migrate");
    sql(backend, "UPDATE core_schema_history SET checksum = 1 WHERE version = '3'");

    assertMended(backend, "changed", "repair --chain core");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsAScriptThatIsGone(Backend backend) {
    on(backend, "migrate");
    sql(backend, row("2.5", true));

    assertMended(backend, "missing", "repair --chain core");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsAFailedMigration(Backend backend) {
    on(backend, "migrate", "--chain", "core", "--to-version", "2");
    sql(backend, row("3", false));

    assertMended(backend, "failed", "repair --chain core", "migrate");
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void mendsTablesOfUnknownOrigin(Backend backend) {
    on(backend, "migrate");
    sql(backend, "DROP TABLE newsletters_schema_history");

    assertMended(backend, "unknown tables", "adopt --chain newsletters --at 2");
  }

  private static String row(String version, boolean success) {
    return "INSERT INTO core_schema_history (installed_rank, version, description, type, script,"
        + " checksum, installed_by, execution_time, success) VALUES (50, '"
        + version
        + "', 'x', 'SQL', 'V"
        + version
        + "__x.sql', 1, 'me', 1, "
        + success
        + ")";
  }

  /** Runs what the status says, word for word, until it is content. */
  private void assertMended(Backend backend, String state, String... expected) {
    Outcome before = on(backend, "status");
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out()).contains(state);
    List<String> commands = new ArrayList<>();
    for (String line : before.out().lines().toList()) {
      COMMAND
          .matcher(line)
          .results()
          .map(result -> result.group(1).replace("VERSION", "2"))
          .filter(command -> !commands.contains(command))
          .forEach(commands::add);
    }
    assertThat(commands).startsWith(expected);
    for (String command : commands) {
      Outcome outcome = on(backend, command.split(" "));
      assertThat(outcome.exitCode()).as(command + ": " + outcome.err()).isZero();
    }
    assertThat(on(backend, "status").out()).endsWith("Every chain is current.\n");
  }
}
