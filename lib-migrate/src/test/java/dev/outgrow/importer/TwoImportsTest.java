package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Database;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two imports into one schema at once the second is refused, and told who does the first. */
class TwoImportsTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void sample() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO users VALUES (1, 'anna'), (2, 'ben')");
  }

  private SqliteImport into(Database target) {
    return SqliteImport.from(file).into(target);
  }

  /** Runs the first one, and something in the middle of it. */
  private ImportReport meanwhile(SqliteImport first, Runnable second) {
    List<Phase> once = new ArrayList<>();
    return first
        .onProgress(
            progress -> {
              if (progress.phase() == Phase.LOAD && once.isEmpty()) {
                once.add(progress.phase());
                second.run();
              }
            })
        .run();
  }

  @Test
  void theSecondIsRefusedAtOnceAndToldWhoDoesTheFirst() throws SQLException {
    try (Database other = Database.open(database.url())) {
      List<TargetException> refused = new ArrayList<>();
      ImportReport report =
          meanwhile(
              into(database),
              () ->
                  refused.add(
                      catchThrowableOfType(
                          TargetException.class, () -> into(other).replace(true).run())));
      assertThat(report.verified()).isTrue();
      assertThat(refused).hasSize(1);
      assertThat(refused.get(0).getMessage())
          .contains("Another import into schema public is under way")
          .contains("import by process " + ProcessHandle.current().pid())
          .contains("of user postgres, from 127.0.0.1, connected since 20")
          .contains("pg_terminate_backend(");
      assertThat(into(other).replace(true).run().verified()).isTrue();
    }
    assertThat(query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
        .containsExactly("0");
    assertThat(query("SELECT count(*) FROM public.users")).containsExactly("2");
  }

  @Test
  void tablesThatAreThereAreFilledByOneAtATime() throws SQLException {
    execute("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
    try (Database other = Database.open(database.url())) {
      List<TargetException> refused = new ArrayList<>();
      meanwhile(
          into(database).intoExisting(true),
          () ->
              refused.add(
                  catchThrowableOfType(
                      TargetException.class, () -> into(other).intoExisting(true).run())));
      assertThat(refused).hasSize(1).doesNotContainNull();
    }
    assertThat(query("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void anotherSchemaIsAnotherTarget() throws SQLException {
    try (Database other = Database.open(database.url())) {
      meanwhile(into(database).schema("one"), () -> into(other).schema("two").run());
    }
    assertThat(query("SELECT (SELECT count(*) FROM one.users) + (SELECT count(*) FROM two.users)"))
        .containsExactly("4");
  }

  /** Of another user's session PostgreSQL shows the name of the user alone. */
  @Test
  void whoMaySeeLittleIsToldThatLittle() throws SQLException {
    execute(
        "CREATE ROLE twoimports LOGIN PASSWORD 'pw'",
        "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO twoimports',"
            + " current_database()); END $$",
        "GRANT ALL ON SCHEMA public TO twoimports");
    try (Database other = Database.open(database.url().withUser("twoimports", "pw"))) {
      List<TargetException> refused = new ArrayList<>();
      meanwhile(
          into(database),
          () -> refused.add(catchThrowableOfType(TargetException.class, () -> into(other).run())));
      assertThat(refused).hasSize(1);
      assertThat(refused.get(0).getMessage())
          .contains("of user postgres, from somewhere, connected since some time")
          .doesNotContain("null");
    } finally {
      execute("DROP OWNED BY twoimports", "DROP ROLE twoimports");
    }
  }

  /** The server frees it with the session. */
  @Test
  void oneThatWasKilledIsInNobodysWay() throws SQLException {
    try (Database other = Database.open(database.url())) {
      Runnable killsAndImports =
          () -> {
            kill(other);
            assertThat(into(other).run().verified()).isTrue();
          };
      assertThatThrownBy(() -> meanwhile(into(database), killsAndImports))
          .isInstanceOf(OutgrowException.class);
    }
    assertThat(query("SELECT count(*) FROM public.users")).containsExactly("2");
  }

  private static void kill(Database by) {
    try (Connection connection = by.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
              + " WHERE datname = current_database()"
              + " AND application_name LIKE '%import by process%'");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
