package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A schema that came from elsewhere gets a history, if it is what the chain would have made. */
class AdoptTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void aSchemaThatIsWhatTheChainMakesIsAdoptedAndGoesOn(Backend backend)
      throws SQLException, IOException {
    Chain core = Scripts.core(folder.resolve("core")).chain("core").build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder);
        MigrationDatabase scratch =
            MigrationDatabase.create(backend, Files.createDirectory(folder.resolve("s")))) {
      db.execute(
          "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
          "CREATE TABLE albums (id INTEGER PRIMARY KEY)",
          "CREATE TABLE somebody (id INTEGER)",
          "INSERT INTO users VALUES (5, 'else')");
      Migrations migrations = Migrations.of(db.database()).chain(core);
      ChainStatus adopted = migrations.adopt("core", "2", scratch.database());
      assertThat(adopted.state()).isEqualTo(ChainState.PENDING);
      assertThat(adopted.version()).contains("2");
      assertThat(migrations.migrate().chain("core").ran()).containsExactly("V10__first_user.sql");
      assertThat(db.query("SELECT count(*) FROM users")).containsExactly("2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatDiffersIsRefusedWithTheDifferenceAndGetsNoHistory(Backend backend)
      throws SQLException, IOException {
    Chain core = Scripts.core(folder.resolve("core")).chain("core").build();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder);
        MigrationDatabase scratch =
            MigrationDatabase.create(backend, Files.createDirectory(folder.resolve("s")))) {
      db.execute(
          "CREATE TABLE users (id INTEGER PRIMARY KEY, nickname TEXT)",
          "CREATE TABLE albums (id INTEGER PRIMARY KEY)");
      Migrations migrations = Migrations.of(db.database()).chain(core);
      assertThatThrownBy(() -> migrations.adopt("core", "2", scratch.database()))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("nickname");
      assertThat(db.tables()).containsExactly("albums", "users");
      assertThatThrownBy(() -> migrations.adopt("core", "2", scratch.database()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("an empty database");
    }
  }

  /** What ran outside of a transaction is marked together with what ran in one. */
  @Test
  void aChainThatMakesAnIndexConcurrentlyIsAdopted() throws SQLException, IOException {
    Chain core =
        Scripts.core(folder.resolve("core"))
            .put("V11__index.sql", "CREATE INDEX CONCURRENTLY users_name ON users (name);")
            .chain("core")
            .build();
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      db.execute(
          "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
          "CREATE TABLE albums (id INTEGER PRIMARY KEY)",
          "CREATE INDEX users_name ON users (name)");
      assertThat(Migrations.of(db.database()).chain(core).adopt("core", "11").state())
          .isEqualTo(ChainState.CURRENT);
    }
  }
}
