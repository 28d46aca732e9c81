package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.report.Since;
import dev.outgrow.importer.report.VerifyReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later verification says which side has changed since the import. */
class MovedOnTest extends PostgresFixture {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void carry() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY, n INT)",
            "INSERT INTO plays VALUES (1, 1)",
            "CREATE TABLE seen(v TEXT)");
    SqliteImport.from(file).into(database).run();
  }

  private VerifyReport verify() {
    return SqliteImport.from(file).into(database).verify();
  }

  private String moved() {
    return moved(verify().since());
  }

  private static String moved(@Nullable Since since) {
    Since known = Objects.requireNonNull(since);
    return known.source() + " " + known.target();
  }

  @Test
  void neitherSideHasMovedOn() {
    assertThat(moved()).isEqualTo("[] []");
    assertThat(ReportText.of(verify()))
        .containsPattern(
            "\nThe rows of both sides are as the import of \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\(.*source.db\\) left them.\n");
  }

  @Test
  void theTargetHasMovedOn() throws SQLException {
    execute("UPDATE users SET name = 'c' WHERE id = 2", "INSERT INTO seen VALUES ('x')");

    VerifyReport report = verify();
    assertThat(report.verified()).isFalse();
    assertThat(moved(report.since())).isEqualTo("[] [seen, users]");
    assertThat(ReportText.of(report))
        .contains("\nThe target has moved on since the import of ")
        .contains("source.db): seen, users; the file has not.\n");
    assertThat(ReportJson.of(report))
        .containsSubsequence(
            "\"since\" : {",
            "\"sourceMovedOn\" : [ ]",
            "\"targetMovedOn\" : [ \"seen\", \"users\" ]");
  }

  @Test
  void theFileHasMovedOn() throws SQLException {
    SqliteFiles.make(
        file,
        "DELETE FROM plays",
        "DROP TABLE seen",
        "CREATE TABLE later(v)",
        "INSERT INTO users VALUES (3, 'c')");

    VerifyReport report = verify();
    Since since = Objects.requireNonNull(report.since());
    assertThat(since.source()).containsExactlyInAnyOrder("users", "plays", "later", "seen");
    assertThat(since.target()).isEmpty();
    assertThat(ReportText.of(report))
        .contains("The file has moved on since the import of ")
        .contains("; the target has not.");
  }

  @Test
  void bothHaveMovedOn() throws SQLException {
    SqliteFiles.make(file, "INSERT INTO plays VALUES (2, 2)");
    execute("DELETE FROM users");

    assertThat(moved()).isEqualTo("[plays] [users]");
    assertThat(ReportText.of(verify()))
        .contains("Both sides have moved on since the import of ")
        .contains(": the file in plays; the target in users.\n");
  }

  @Test
  void bothHaveMovedOnToTheSame() throws SQLException {
    SqliteFiles.make(file, "INSERT INTO plays VALUES (2, 2)");
    execute("INSERT INTO plays VALUES (2, 2)", "SELECT setval('plays_id_seq', 2)");

    assertThat(verify().verified()).isTrue();
    assertThat(moved()).isEqualTo("[plays] [plays]");
  }

  @Test
  void tablesThatAreGoneOrOtherwiseInTheTargetAreItsOwnDoing() throws SQLException {
    execute("DROP TABLE plays", "ALTER TABLE users ALTER name TYPE varchar(5)");

    assertThat(moved()).isEqualTo("[] [plays, users]");
  }

  @Test
  void whatTheFileHoldsOtherwiseIsNotTheTargetsDoing() throws SQLException {
    SqliteFiles.make(file, "UPDATE plays SET n = 'text'");

    assertThat(moved()).isEqualTo("[plays] []");
  }

  @Test
  void tablesThatAreLeftOutAreNotMissed() {
    Since since = SqliteImport.from(file).into(database).exclude("plays").verify().since();

    assertThat(moved(since)).isEqualTo("[] []");
  }

  @Test
  void withoutARecordItCannotBeTold() throws SQLException {
    execute("DELETE FROM outgrow.import_journal", "DELETE FROM users");

    assertThat(verify().since()).isNull();
    assertThat(ReportText.of(verify()))
        .contains(
            "\nWhat an import left here is not on record, so it cannot be told which side has moved on.\n");
    assertThat(ReportJson.of(verify())).contains("\"since\" : null");
  }
}
