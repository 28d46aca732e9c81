package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.ImportPlan;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that changes its schema between the plan and the run is noticed. */
class PlannedSchemaTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void make() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY, n INT)",
            "CREATE INDEX by_n ON plays(n)",
            "INSERT INTO users(name) VALUES ('a')");
  }

  private SqliteImport importing() {
    return SqliteImport.from(file).into(database);
  }

  @Test
  void rowsMayComeAndGo() throws SQLException {
    ImportPlan plan = importing().plan();
    SqliteFiles.make(file, "INSERT INTO users(name) VALUES ('b')", "ANALYZE", "VACUUM");

    assertThat(importing().asPlanned(plan).run().rowsVerified()).isEqualTo(2);
  }

  @Test
  void aSchemaThatHasChangedIsRefusedWithWhatHasChanged() throws SQLException {
    ImportPlan plan = importing().plan();
    SqliteFiles.make(
        file,
        "ALTER TABLE users ADD COLUMN age INT",
        "CREATE VIEW seen AS SELECT 1",
        "DROP INDEX by_n");

    assertThatThrownBy(() -> importing().asPlanned(plan).run())
        .isInstanceOf(SourceFileException.class)
        .hasMessage(
            file
                + " has another schema than the one that the import was planned for: index by_n is gone,"
                + " table users is another, view seen is new. Plan again, look at what has changed, and"
                + " run that; nothing was written.");
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).isEmpty();
    assertThat(importing().asPlanned(importing().plan()).run().verified()).isTrue();
  }

  @Test
  void tablesThatWereThereAreFilledAsPlannedToo() throws SQLException {
    execute(
        "CREATE TABLE users(id bigint PRIMARY KEY, name text)",
        "CREATE TABLE plays(id bigint PRIMARY KEY, n int)");
    SqliteImport loading = importing().intoExisting(true);
    ImportPlan plan = loading.plan();
    SqliteFiles.make(file, "ALTER TABLE plays RENAME COLUMN n TO m");

    assertThatThrownBy(() -> loading.asPlanned(plan).run())
        .isInstanceOf(SourceFileException.class)
        .hasMessageContaining("index by_n is another, table plays is another");
    assertThat(query("SELECT count(*) FROM users")).containsExactly("0");
  }
}
