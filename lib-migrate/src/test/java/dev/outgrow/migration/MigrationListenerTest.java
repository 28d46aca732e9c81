package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A listener is told of everything, works within the migration, and can refuse it. */
class MigrationListenerTest {
  @TempDir private Path folder;

  /** Writes down what it is told, and fails where it is told to. */
  private static final class Notes implements MigrationListener {
    private final List<String> told = new ArrayList<>();
    private final Predicate<String> fails;

    private Notes(Predicate<String> fails) {
      this.fails = fails;
    }

    private void note(String what) throws IOException {
      told.add(what);
      if (fails.test(what)) {
        throw new IOException("no room");
      }
    }

    @Override
    public void beforeRun(Database database) throws IOException {
      note("begin");
    }

    @Override
    public void beforeMigration(RunningMigration migration, MigrationContext context)
        throws IOException {
      note("before " + migration.script());
    }

    @Override
    public void afterMigration(RunningMigration migration, MigrationContext context)
        throws IOException, SQLException {
      try (Statement statement = context.connection().createStatement()) {
        statement.execute(
            "INSERT INTO notes VALUES ('"
                + migration.chain()
                + " "
                + migration.version().orElse("-")
                + " "
                + migration.description()
                + "')");
      }
      note("after " + migration.script());
    }

    @Override
    public void afterRun(MigrationResult result) throws IOException {
      note("end " + result.isComplete());
    }
  }

  private Scripts scripts() {
    return new Scripts(folder.resolve("core"))
        .put("V1__notes.sql", "CREATE TABLE notes (n TEXT);")
        .put("V2__two.sql", "CREATE TABLE two (n TEXT);")
        .put("R__view.sql", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT n FROM two;");
  }

  @ParameterizedTest
  @EnumSource
  void isToldOfEveryMigrationOnItsConnection(Backend backend) throws SQLException {
    Notes notes = new Notes(what -> false);
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations migrations =
          Migrations.of(db.database()).chain(scripts().chain("core").build()).listener(notes);
      migrations.start(StartPolicy.INITIALISE_EMPTY);
      assertThat(notes.told)
          .containsExactly(
              "begin",
              "before V1__notes.sql",
              "after V1__notes.sql",
              "before V2__two.sql",
              "after V2__two.sql",
              "before R__view.sql",
              "after R__view.sql",
              "end true");
      assertThat(db.query("SELECT n FROM notes"))
          .containsExactly("core 1 notes", "core 2 two", "core - view");
      migrations.start(StartPolicy.MIGRATE);
      migrations.check();
      assertThat(notes.told).hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatFailsFailsTheMigrationAndIsNamed(Backend backend) throws SQLException {
    Scripts scripts = scripts();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations quiet = Migrations.of(db.database()).chain(scripts.chain("core").build());
      for (String when : List.of("before", "after")) {
        Notes failing = new Notes((when + " V2__two.sql")::equals);
        assertThatThrownBy(quiet.listener(failing)::migrate)
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining("Notes failed " + when + " V2__two.sql of chain core: no room.")
            .hasMessageContaining("nothing of the migration was kept")
            .hasCauseInstanceOf(IOException.class);
        assertThat(db.tables()).containsExactly("core_schema_history", "notes");
        assertThat(db.query("SELECT n FROM notes")).containsExactly("core 1 notes");
        assertThat(failing.told).endsWith(when + " V2__two.sql", "end false");
      }
      assertThat(quiet.migrate().isComplete()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatFailsBehindAScriptOutsideOfATransactionLeavesItFailed(Backend backend)
      throws SQLException {
    Scripts scripts = scripts().put("V2__two.sql.conf", "executeInTransaction=false");
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations quiet = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThatThrownBy(quiet.listener(new Notes("before V2__two.sql"::equals))::migrate)
          .hasMessageContaining("nothing of the migration was kept");
      assertThat(quiet.check().chain("core").state()).isEqualTo(ChainState.PENDING);
      assertThatThrownBy(quiet.listener(new Notes("after V2__two.sql"::equals))::migrate)
          .hasMessageContaining("all of it is there: take that back");
      assertThat(db.tables()).contains("two");
      assertThat(quiet.check().chain("core").state()).isEqualTo(ChainState.FAILED);
      assertThatThrownBy(quiet::migrate).hasMessageContaining("V2__two.sql was begun outside");
      db.execute("DROP TABLE two", "DELETE FROM notes WHERE n = 'core 2 two'");
      assertThat(quiet.repair("core").state()).isEqualTo(ChainState.PENDING);
      assertThat(quiet.migrate().isComplete()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatFailsAroundTheRunSaysWhatIsThere(Backend backend) throws SQLException {
    Scripts scripts = scripts();
    try (MigrationDatabase db = MigrationDatabase.create(backend, folder)) {
      Migrations quiet = Migrations.of(db.database()).chain(scripts.chain("core").build());
      assertThatThrownBy(quiet.listener(new Notes("begin"::equals))::migrate)
          .hasMessageContaining("before the run: no room. See what it says")
          .hasMessageContaining("nothing has run");
      assertThat(db.tables()).isEmpty();
      assertThatThrownBy(quiet.listener(new Notes("end true"::equals))::migrate)
          .hasMessageContaining("after the run: no room. What has run stays");
      assertThat(quiet.check().isCurrent()).isTrue();
    }
  }
}
