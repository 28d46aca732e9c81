package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.ChainResult.Outcome;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.migration.safety.Rule;
import dev.outgrow.migration.safety.Safety;
import dev.outgrow.migration.safety.SafetyFinding;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Migrating looks at the scripts first, and does as it is told about what it finds. */
class SafetyTest {
  @TempDir private Path folder;

  private Migrations migrated(MigrationDatabase db, Scripts scripts) {
    Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
    ChainResult first = migrations.migrate().chain("core");
    assertThat(first.outcome()).isEqualTo(Outcome.MIGRATED);
    assertThat(first.preflight().isClean()).isTrue();
    return migrations;
  }

  @ParameterizedTest
  @EnumSource
  void whatBreaksAnApplicationIsInTheResultAndRunsUnlessItIsToBeRefused(Backend backend)
      throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = migrated(db, scripts);
      scripts.put(
          "V11__gone.sql", "CREATE TABLE t (id INTEGER);\nALTER TABLE users DROP COLUMN name;");
      MigrationException refused =
          catchThrowableOfType(
              MigrationException.class, () -> migrations.safety(Safety.refuse()).migrate());
      assertThat(refused)
          .hasMessageContaining("would lock out or break")
          .hasMessageContaining("V11__gone.sql, line 2, of chain core (drop-column)")
          .hasMessageContaining("ALTER TABLE users DROP COLUMN name;")
          .hasMessageContaining("outgrow: allow <rule> <reason>");
      assertThat(refused.line()).hasValue(2);
      assertThat(db.tables()).doesNotContain("t");
      assertThat(migrations.safety(Safety.refuse()).migrateAll().chain("core").outcome())
          .isEqualTo(Outcome.REFUSED);
      Preflight before = migrations.preflight();
      assertThat(before.findings())
          .extracting(SafetyFinding::rule)
          .containsExactly(Rule.DROP_COLUMN);
      ChainResult done = migrations.migrate().chain("core");
      assertThat(done.outcome()).isEqualTo(Outcome.MIGRATED);
      assertThat(done.preflight().findings()).isEqualTo(before.findings());
      assertThat(migrations.preflight().isClean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aScriptThatCannotSucceedIsRefusedBeforeTheOnesBeforeItRun(Backend backend)
      throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = migrated(db, scripts);
      scripts
          .put("V11__fine.sql", "CREATE TABLE fine (id INTEGER);")
          .put("V12__age.sql", "ALTER TABLE users ADD COLUMN age INTEGER NOT NULL;");
      MigrationException refused =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      assertThat(refused)
          .hasMessageContaining("would fail on the database as it is, so none of them was run")
          .hasMessageContaining("have no value for the new column age");
      assertThat(refused.script()).contains("V12__age.sql");
      assertThat(db.tables()).doesNotContain("fine");
      assertThat(migrations.migrate("core", MigrateTo.steps(1)).chain("core").ran())
          .containsExactly("V11__fine.sql");
      assertThat(migrations.safety(Safety.off()).migrateAll().chain("core").outcome())
          .isEqualTo(Outcome.FAILED);
      scripts.put(
          "V12__age.sql", "DELETE FROM users; ALTER TABLE users ADD COLUMN age INTEGER NOT NULL;");
      assertThat(migrations.migrate().isComplete()).isTrue();
    }
  }

  @Test
  void orphansAreShownInsteadOfTheServersOneExample() throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts);
      db.execute("INSERT INTO albums VALUES (7), (1), (8)");
      scripts.put(
          "V11__key.sql",
          "ALTER TABLE albums ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES users (id);");
      assertThat(catchThrowableOfType(MigrationException.class, migrations::migrate))
          .hasMessageContaining(
              "2 rows of \"public\".\"albums\" refer to no row of \"public\".\"users\"")
          .hasMessageContaining("id 7, 8");
      scripts.put(
          "V11__key.sql",
          "DELETE FROM albums WHERE id NOT IN (SELECT id FROM users);\n"
              + "ALTER TABLE albums ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES users (id);");
      assertThat(migrations.preflight().offenders()).hasSize(1);
      assertThat(migrations.migrate().isComplete()).isTrue();
    }
  }

  @Test
  void aScriptThatMixesConcurrentlyWithOthersIsRefusedWithTheWayThatWorks() throws SQLException {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts);
      String mixed = "CREATE INDEX CONCURRENTLY i ON users (name); ALTER TABLE users ADD a int;";
      scripts.put("V11__mixed.sql", mixed);
      assertThat(migrations.safety(Safety.off()).migrateAll().isComplete()).isFalse();
      assertThat(catchThrowableOfType(MigrationException.class, migrations::migrate))
          .hasMessageContaining("concurrently-in-transaction");
      scripts.put("V11__mixed.sql.conf", "executeInTransaction=false");
      assertThat(migrations.preflight().isClean()).isTrue();
      assertThat(migrations.migrate().isComplete()).isTrue();
      scripts.put("V12__re.sql", "REINDEX INDEX CONCURRENTLY i;");
      assertThat(migrations.safety(Safety.off()).migrateAll().isComplete()).isFalse();
      scripts.put("V12__re.sql.conf", "executeInTransaction=false");
      assertThat(migrations.migrate().isComplete()).isTrue();
      scripts.put("V13__v.sql", "VACUUM FULL users;");
      assertThat(migrations.migrate().isComplete()).isTrue();
    }
  }

  @Test
  void wrongSettingsAreRefused() {
    assertThat(catchThrowableOfType(ConfigurationException.class, () -> Safety.warn().bigFrom(0)))
        .hasMessageContaining("bigFrom");
  }
}
