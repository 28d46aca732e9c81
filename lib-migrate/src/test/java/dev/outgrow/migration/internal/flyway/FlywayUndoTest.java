package dev.outgrow.migration.internal.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.UndoTo;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plain Flyway reads a history in which something was taken back, and goes on with it. */
class FlywayUndoTest {
  @TempDir private Path folder;

  private static Flyway plain(MigrationDatabase db, Scripts scripts, String... ignored) {
    return Flyway.configure()
        .loggers()
        .dataSource(new OwnConnections(db.database()))
        .locations(scripts.location())
        .table("core_schema_history")
        .ignoreMigrationPatterns(ignored)
        .load();
  }

  @ParameterizedTest
  @EnumSource
  void plainFlywayValidatesMigratesAndIsTakenBackAgain(Backend backend) throws SQLException {
    Scripts scripts =
        Scripts.core(folder.resolve("core"))
            .put("R__v.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT name FROM users;")
            .put("U1__users.sql", "DROP VIEW v; DROP TABLE users;")
            .put("U2__albums.sql", "DROP TABLE albums;")
            .put("U10__first_user.sql", "DELETE FROM users;");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations = Migrations.of(db.database()).chain(scripts.chain("core").build());
      migrations.migrate();
      for (int cycle = 0; cycle < 2; cycle++) {
        migrations.undo("core", UndoTo.base());
        plain(db, scripts, "*:pending").validate();
        Flyway flyway = plain(db, scripts);
        assertThat(Stream.of(flyway.info().pending()).map(MigrationInfo::getScript))
            .containsExactly("V1__users.sql", "V2__albums.sql", "V10__first_user.sql", "R__v.sql");
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(4);
        flyway.validate();
        assertThat(flyway.info().current().getState()).isEqualTo(MigrationState.SUCCESS);
        assertThat(flyway.migrate().migrationsExecuted).isZero();
        assertThat(migrations.check().isCurrent()).isTrue();
        assertThat(db.query("SELECT name FROM v")).containsExactly("anna");
      }
    }
  }
}
