package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that hold integers and texts side by side, and what is said of them. */
class MixedColumnTest extends PostgresFixture {
  private static final String LONG =
      "CASE WHEN id > 1 THEN 'an expression without a name of its own' ELSE 'which is longer than one may be' END";

  @TempDir private Path folder;

  @Test
  void keepsTheChecksThatDigitsAnswer() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE object (auth TEXT, code INTEGER_OR_TEXT NOT NULL CHECK (length(code) >= 1),"
                + " PRIMARY KEY (auth, code), CHECK (NOT (auth = 'P' AND code NOT IN ('A', 7))), CHECK (code <> 'x'))",
            "INSERT INTO object VALUES ('E', 4326), ('E', '9x'), ('P', 'A'), ('P', 7)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT code FROM object ORDER BY auth, code COLLATE \"C\""))
        .containsExactly("4326", "9x", "7", "A");
    assertThat(report.changedTypes()).singleElement().matches(c -> c.target().equals("text"));
  }

  @Test
  void namesTheChecksThatDependOnWhichItIs() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE object (code INTEGER_OR_TEXT, CONSTRAINT below CHECK (code < 5000 OR code > 'a'),"
                + " CONSTRAINT type CHECK (typeof(code) IN ('integer', 'text')), CONSTRAINT number CHECK (code <> '5'),"
                + " CONSTRAINT sum CHECK (code + 1 > 0))",
            "INSERT INTO object VALUES (4326), ('bc')");

    assertThat(report.notCarried())
        .extracting(n -> n.kind().word() + " " + n.name())
        .containsExactly(
            "check object.below", "check object.type", "check object.number", "check object.sum");
  }

  @Test
  void areJoinedAndListedBesideNumbersTextsAndConditions() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE object (code INTEGER_OR_TEXT, old BOOLEAN)",
            "CREATE TABLE alias (code INTEGER_OR_TEXT, name TEXT)",
            "CREATE TABLE number (id INTEGER PRIMARY KEY)",
            "INSERT INTO object VALUES (4326, 0), ('9x', 1)",
            "INSERT INTO alias VALUES (4326, 'WGS 84'), ('9x', 'nine'), ('4326x', 'none')",
            "INSERT INTO number VALUES (1), (2)",
            "CREATE VIEW named AS SELECT o.code, a.name FROM object o JOIN alias a ON a.code = o.code",
            "CREATE VIEW listed AS SELECT 'object' AS kind, code, NULL AS more, old FROM object"
                + " UNION ALL SELECT 'number', id, "
                + LONG
                + ", 0 FROM number");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT code, name FROM named ORDER BY name"))
        .containsExactly("4326|WGS 84", "9x|nine");
    assertThat(query("SELECT kind, code, more, old FROM listed ORDER BY 1, 2"))
        .containsExactly(
            "number|1|which is longer than one may be|0",
            "number|2|an expression without a name of its own|0",
            "object|4326|null|0",
            "object|9x|null|1");
  }

  private ImportReport carry(String... statements) throws SQLException {
    ImportReport report =
        SqliteImport.from(SqliteFiles.make(folder.resolve("mixed.db"), statements))
            .into(database)
            .run();
    assertThat(report.verified()).isTrue();
    return report;
  }
}
