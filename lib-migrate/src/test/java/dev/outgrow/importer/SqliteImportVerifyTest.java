package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.report.VerifyReport;
import dev.outgrow.importer.verify.Difference;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing again, long after the import. */
class SqliteImportVerifyTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void carry() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE t(a INTEGER, b TEXT, v TEXT, r REAL, PRIMARY KEY (a, b))",
            "INSERT INTO t VALUES (1, 'x', 'one', 0.5), (1, 'y', 'two', 1.5), (2, 'x', NULL, 2.5)",
            "CREATE TABLE nokey(v TEXT)",
            "INSERT INTO nokey VALUES ('twin'), ('twin'), ('single')");
    SqliteImport.from(file).into(database).run();
  }

  private VerifyReport verify() {
    return SqliteImport.from(file).into(database).verify();
  }

  private List<String> differences() {
    return verify().differences().stream().map(Difference::describe).toList();
  }

  @Test
  void nothingHasChanged() {
    assertThat(verify().verified()).isTrue();
    assertThat(verify().rows()).isEqualTo(6);
  }

  @Test
  void aChangedValueIsFoundWithItsTableKeyAndColumn() throws SQLException {
    execute("UPDATE t SET v = 'tWo' WHERE a = 1 AND b = 'y'");

    assertThat(differences()).containsExactly("Table t, row (a, b)=(1, 'y') differs in v");
  }

  @Test
  void aNullIsNotAnEmptyText() throws SQLException {
    execute("UPDATE t SET v = '' WHERE v IS NULL");

    assertThat(differences()).containsExactly("Table t, row (a, b)=(2, 'x') differs in v");
  }

  @Test
  void missingAndAdditionalRowsAreFound() throws SQLException {
    execute("DELETE FROM t WHERE a = 2", "INSERT INTO t VALUES (3, 'z', 'new', 0)");

    assertThat(differences())
        .containsExactlyInAnyOrder(
            "Table t, row (a, b)=(2, 'x') is missing in PostgreSQL",
            "Table t, row (a, b)=(3, 'z') is in PostgreSQL only");
  }

  @Test
  void valuesThatChangedPlacesAreFound() throws SQLException {
    execute("UPDATE t SET v = CASE b WHEN 'x' THEN 'two' ELSE 'one' END WHERE a = 1");

    assertThat(differences())
        .containsExactlyInAnyOrder(
            "Table t, row (a, b)=(1, 'x') differs in v",
            "Table t, row (a, b)=(1, 'y') differs in v");
  }

  @Test
  void oneOfTwoEqualRowsThatIsGoneIsFound() throws SQLException {
    execute("DELETE FROM nokey WHERE ctid = (SELECT min(ctid) FROM nokey WHERE v = 'twin')");

    assertThat(differences())
        .singleElement()
        .asString()
        .startsWith("Table nokey, row rowid=")
        .endsWith("is missing in PostgreSQL");
  }

  @Test
  void aTableThatIsGoneOrHasOtherColumnsIsFound() throws SQLException {
    execute("DROP TABLE nokey", "ALTER TABLE t ALTER COLUMN r TYPE real");

    assertThat(differences())
        .containsExactlyInAnyOrder(
            "Table nokey is missing in PostgreSQL", "Table t has other columns in PostgreSQL in r");
    assertThat(verify().verified()).isFalse();
  }

  @Test
  void whatBothSidesHoldIsShown() throws SQLException {
    execute("UPDATE t SET v = 'tWo' WHERE a = 1 AND b = 'y'");

    assertThat(ReportText.of(verify()))
        .contains(
            "Table t, row (a, b)=(1, 'y') differs in v: 'two' in SQLite, 'tWo' in PostgreSQL\n");
    assertThat(ReportJson.of(verify()))
        .containsSubsequence(
            "\"column\" : \"v\"", "\"source\" : \"'two'\"", "\"target\" : \"'tWo'\"");
  }
}
