package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.migration.internal.flyway.PlainFlyway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values in the place of <code>${name}</code>: off until a chain has one. */
class PlaceholderTest {
  @TempDir private Path folder;

  private Scripts scripts() {
    return new Scripts(folder.resolve("core"))
        .put("V1__t.sql", "CREATE TABLE ${Prefix}_t (n TEXT); -- $${prefix} \u00e9\r\n")
        .put("V2__row.sql", "INSERT INTO my_t VALUES ('${who}${empty}');")
        .put("V3__text.sql", "INSERT INTO my_t VALUES ('${kept}');")
        .put("V3__text.sql.conf", "placeholderReplacement=false")
        .put("R__v.sql", "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT '${who}' AS n;");
  }

  private static Migrations migrations(MigrationDatabase db, Scripts scripts, String who) {
    return Migrations.of(db.database())
        .chain(
            scripts
                .chain("core")
                .placeholder("prefix", "my")
                .placeholder("who", who)
                .placeholder("empty", "")
                .build());
  }

  @ParameterizedTest
  @EnumSource
  void valuesStandForNamesAndAnotherValueRunsRepeatableScriptsAgain(Backend backend)
      throws SQLException {
    Scripts scripts = scripts();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      migrations(db, scripts, "Anna").migrate();
      assertThat(db.query("SELECT n FROM my_t")).containsExactly("Anna", "${kept}");
      assertThat(db.query("SELECT n FROM v")).containsExactly("Anna");
      assertThat(migrations(db, scripts, "Anna").check().isCurrent()).isTrue();
      Migrations other = migrations(db, scripts, "Ben");
      assertThat(other.check().chain("core").pending()).containsExactly("R__v.sql");
      assertThat(other.migrate().chain("core").ran()).containsExactly("R__v.sql");
      assertThat(db.query("SELECT n FROM v")).containsExactly("Ben");
      assertThat(other.check().isCurrent()).isTrue();
      PlainFlyway.validate(
          db.database(),
          scripts.location(),
          "core_schema_history",
          Map.of("prefix", "my", "who", "Ben", "empty", ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneWithoutAValueIsRefusedWithItsLineBeforeAnythingRuns(Backend backend) throws SQLException {
    Scripts scripts = scripts().put("V4__late.sql", "SELECT 1;\n-- ok ${who}\nSELECT '${nobody}';");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = migrations(db, scripts, "Anna");
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("V4__late.sql, line 3")
          .hasMessageContaining("${nobody}")
          .hasMessageContaining("empty, prefix, who");
      scripts.put("V4__late.sql", "SELECT 1;\n-- ${who");
      assertThatThrownBy(migrations::check)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("V4__late.sql, line 2");
      assertThat(db.tables()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noMessageAndNoCauseHoldsAValue(Backend backend) {
    Scripts scripts =
        new Scripts(folder.resolve("core")).put("V1__t.sql", "\nINSERT INTO ${secret} VALUES (1);");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database())
              .chain(scripts.chain("core").placeholder("secret", "hunter2").build());
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString())
          .contains("V1__t.sql, line 2", "INSERT INTO ${secret} VALUES (1)")
          .doesNotContain("hunter2");
      assertThat(failure.statement()).contains("INSERT INTO ${secret} VALUES (1)");
    }
  }

  @Test
  void aNameIsGivenOneValue() {
    Chain.Builder chain = new Scripts(folder.resolve("core")).chain("core").placeholder("a", "1");
    assertThatThrownBy(() -> chain.placeholder("A", "2"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> chain.placeholder("a}b", "2"))
        .isInstanceOf(ConfigurationException.class);
  }
}
