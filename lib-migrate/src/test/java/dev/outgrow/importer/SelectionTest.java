package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.LeftOut;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.report.TableReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Carrying a part of a file. */
class SelectionTest extends PostgresFixture {
  @TempDir private Path folder;
  private SqliteImport everything = SqliteImport.from(Path.of(""));

  @BeforeEach
  void file() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE user_log(id INTEGER PRIMARY KEY, user REFERENCES users(id))",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY AUTOINCREMENT, user INTEGER REFERENCES USERS)",
            "CREATE TABLE \"a*b\"(v)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
                + " INSERT INTO users SELECT i, 'user ' || i FROM n",
            "INSERT INTO plays SELECT id, 51 - id FROM users",
            "INSERT INTO user_log VALUES (1, 1)",
            "CREATE VIRTUAL TABLE words USING fts5(body)",
            "CREATE TRIGGER logged AFTER INSERT ON user_log BEGIN DELETE FROM users; END");
    everything = SqliteImport.from(file).into(database);
  }

  private static List<String> tables(ImportReport report) {
    return report.tables().stream().map(TableReport::name).toList();
  }

  private static List<String> named(ImportReport report, Kind kind) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == kind)
        .map(n -> n.name() + ": " + n.reason())
        .toList();
  }

  @Test
  void whatIsExcludedIsLeftOutNamedAndAccepted() {
    ImportReport report = everything.exclude("USER_*", "words*", "a?b").run();

    assertThat(tables(report)).containsExactly("plays", "users");
    assertThat(report.leftOut())
        .contains(
            new LeftOut("table", "user_log", "as asked"),
            new LeftOut("trigger", "logged", "with table user_log, as asked"),
            new LeftOut("virtual-table", "words", "with table words, as asked"));
    assertThat(report.leftBehind(List.of())).isEmpty();
    assertThat(everything.exclude("USER_*", "words*", "a?b").verify().verified()).isTrue();
  }

  @Test
  void onlyWhatIsIncludedIsCarriedLessWhatIsExcluded() {
    ImportReport report = everything.include("user*").include("plays").exclude("user?log").run();

    assertThat(tables(report)).containsExactly("plays", "users");
  }

  @Test
  void aKeyThatRefersToATableLeftOutIsNamedAndNotMade() throws SQLException {
    ImportReport report = everything.include("plays").run();

    assertThat(report.leftOut())
        .contains(
            new LeftOut(
                "foreign-key", "plays(user) -> USERS", "Table users is left out, as asked"));
    assertThat(report.leftBehind(List.of())).isEmpty();
    assertThat(report.verified()).isTrue();
    assertThat(query("SELECT count(*) FROM plays")).containsExactly("50");
  }

  @Test
  void aPatternThatMatchesNothingIsRefusedWithTheTablesNearIt() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> everything.include("playz").run())
        .withMessageContaining("include cannot be \"playz\"")
        .withMessageContaining("near it: plays, ");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> everything.exclude("users", "none*").run())
        .withMessageContaining("exclude cannot be \"none*\"");
  }

  @Test
  void aTableWhoseNameHoldsAStarIsFound() {
    assertThat(tables(everything.include("a*b").run())).containsExactly("a*b");
  }

  @Test
  void aTrialSaysThatItIsNotComplete() throws SQLException {
    ImportReport report = everything.limit(10).run();

    assertThat(query("SELECT min(id), max(id), count(*) FROM users")).containsExactly("1|10|10");
    assertThat(report.rowsRead()).isEqualTo(21);
    assertThat(report.verified()).isTrue();
    assertThat(named(report, Kind.LIMIT))
        .containsExactly(
            "plays: Only 10 of its 50 rows, as asked", "users: Only 10 of its 50 rows, as asked");
    assertThat(report.leftOut()).filteredOn(l -> l.kind().equals("foreign-key")).hasSize(2);
    assertThat(report.leftBehind(List.of())).extracting(NotCarried::kind).contains(Kind.LIMIT);
    assertThat(ReportText.of(report, List.of(Kind.values())).lines())
        .last()
        .asString()
        .contains("NOT COMPLETE");
    assertThat(everything.limit(10).verify().verified()).isTrue();
    assertThat(everything.limit(11).verify().verified()).isFalse();
  }

  @Test
  void aLimitThatNoTableReachesChangesNothing() {
    ImportReport report = everything.limit(50).run();

    assertThat(named(report, Kind.LIMIT)).isEmpty();
    assertThat(report.leftOut()).isEmpty();
  }

  @Test
  void aLimitOfNoRowsIsRefused() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> everything.limit(0))
        .withMessageContaining("limit cannot be \"0\"");
  }
}
