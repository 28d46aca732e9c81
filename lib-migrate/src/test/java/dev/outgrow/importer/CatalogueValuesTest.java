package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other importers do to values: the catalogue of failures, line by line (docs/failures.md).
 */
@Tag("slow")
class CatalogueValuesTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    ImportReport report = SqliteImport.from(file).into(database).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  private String typeOf(String column) throws SQLException {
    return query(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = '"
                + column
                + "'")
        .get(0);
  }

  /** Line 3. */
  @Test
  void booleansInEverySpellingBecomeBooleansAndATwoIsKept() throws SQLException {
    carry(
        "CREATE TABLE t(a BOOLEAN NOT NULL DEFAULT 0, b BOOL DEFAULT 't', c BOOLEAN DEFAULT TRUE, d BOOLEAN DEFAULT 1)",
        "INSERT INTO t VALUES (1, 'f', 'true', 0), (0, 't', 'FALSE', 2)",
        "INSERT INTO t(d) VALUES (1)");

    assertThat(query("SELECT a, b, c, d FROM t")).containsExactly("t|f|t|0", "f|t|f|2", "f|t|t|1");
    assertThat(query("INSERT INTO t DEFAULT VALUES RETURNING a, b, c, d"))
        .containsExactly("f|t|t|1");
  }

  /** Line 5. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LONGVARCHAR",
        "STRING",
        "GUID",
        "BLOB SUB_TYPE TEXT",
        "INTERGER",
        "INTEGER_OR_TEXT",
        "\"byte[]\"",
        "[unsigned big int (20)]",
        "nonsense(1, 2)",
        "🐘"
      })
  void aDeclaredTypeThatNobodyKnowsCostsNothing(String type) throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v " + type + ")",
        "INSERT INTO t VALUES (1, 12), (2, 'x')",
        "CREATE TABLE other(v TEXT)",
        "INSERT INTO other VALUES ('kept')");

    assertThat(query("SELECT encode(v::text::bytea, 'escape') FROM t WHERE id = 1"))
        .singleElement()
        .isIn("12", "\\\\x3132");
    assertThat(query("SELECT v FROM other")).containsExactly("kept");
  }

  /** Line 11. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'text'|text", "12.3|numeric", "x'00'|bytea", "9e999|numeric"})
  void oneValueOfAnotherKindCostsNoOtherRow(String odd, String type) throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)",
            "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 500)"
                + " INSERT INTO t SELECT i, i FROM i",
            "UPDATE t SET n = " + odd + " WHERE id = 250");

    assertThat(query("SELECT count(*), count(n) FROM t")).containsExactly("500|500");
    assertThat(typeOf("n")).isEqualTo(type);
    assertThat(report.changedTypes())
        .singleElement()
        .satisfies(c -> assertThat(c.why()).contains("id=250"));
  }

  /** Line 14. */
  @Test
  void nulInTextIsNeitherCutNorStripped() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t VALUES (1, 'a' || char(0) || 'b'), (2, char(0)), (3, 'plain')");

    assertThat(query("SELECT v FROM t ORDER BY id"))
        .containsExactly("\\x610062", "\\x00", "\\x706c61696e");
    assertThat(report.changedTypes())
        .singleElement()
        .satisfies(c -> assertThat(c.why()).contains("2 of the text with NUL", "id=1"));
  }

  /** Lines 15 and 51. */
  @ParameterizedTest
  @CsvSource({"UTF-8,eda080", "UTF-8,ff", "UTF-16le,00d86100", "UTF-16be,d8000061"})
  void bytesThatAreNoTextStayTheBytesTheyAre(String encoding, String hex) throws SQLException {
    carry(
        "PRAGMA encoding = '" + encoding + "'",
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
        "INSERT INTO t VALUES (1, CAST(x'" + hex + "' AS TEXT)), (2, 'ä🐘')");

    assertThat(query("SELECT v, position('\\xefbfbd'::bytea in v) FROM t ORDER BY id"))
        .containsExactly(
            (hex.equals("ff") ? "\\xff" : hex.equals("eda080") ? "\\xeda080" : "\\xeda08061")
                + "|0",
            "\\xc3a4f09f9098|0");
  }

  /** Line 19. */
  @Test
  void aTextLongerThanItsColumnSaysIsKeptWhole() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v VARCHAR(3), w VARCHAR(3))",
            "INSERT INTO t VALUES (1, 'abc', 'four'), (2, 'äöü', NULL)");

    assertThat(query("SELECT v, w FROM t ORDER BY id")).containsExactly("abc|four", "äöü|null");
    assertThat(typeOf("v") + ", " + typeOf("w")).isEqualTo("character varying(3), text");
    assertThat(report.changedTypes())
        .singleElement()
        .satisfies(c -> assertThat(c.why()).contains("id=1"));
  }

  /** Lines 20 and 53. */
  @Test
  void textInABlobColumnAndBytesInATextColumnAreNotGuessedAt() throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB, v TEXT)",
        "INSERT INTO t VALUES (1, 'aGVsbG8=', x'61474673'), (2, x'00ff', 'aGVsbG8=')");

    assertThat(query("SELECT encode(b, 'hex'), encode(v, 'hex') FROM t ORDER BY id"))
        .containsExactly("614756736247383d|61474673", "00ff|614756736247383d");
  }

  /** Line 33. */
  @Test
  void uuidsAndWhatRefersToThemAreOfOneType() throws SQLException {
    carry(
        "CREATE TABLE t(id UUID PRIMARY KEY, b BLOB UNIQUE)",
        "INSERT INTO t VALUES ('6f9619ff-8b86-d011-b42d-00c04fc964ff', x'6f9619ff8b86d011b42d00c04fc964ff')",
        "CREATE TABLE c(id CHAR(36) REFERENCES t(id), b REFERENCES t(b))",
        "INSERT INTO c SELECT * FROM t");

    assertThat(typeOf("id") + ", " + typeOf("b")).isEqualTo("uuid, bytea");
    assertThat(query("SELECT count(*) FROM c JOIN t USING (id, b)")).containsExactly("1");
    assertThat(query("SELECT count(*) FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("2");
  }

  /** Line 34. */
  @Test
  void textThatIsNoJsonKeepsItsColumnText() throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v JSON, w JSON)",
        "INSERT INTO t VALUES (1, '{\"b\":1, \"a\":2}', '{'), (2, '[]', '')");

    assertThat(typeOf("v") + ", " + typeOf("w")).isEqualTo("json, text");
    assertThat(query("SELECT v, w FROM t ORDER BY id"))
        .containsExactly("{\"b\":1, \"a\":2}|{", "[]|");
  }

  /** Line 36. */
  @ParameterizedTest
  @ValueSource(
      strings = {"INTEGER", "REAL", "DECIMAL(5,2)", "DATE", "DATETIME", "BOOLEAN", "UUID", "JSON"})
  void anEmptyTextIsNeitherAZeroNorANull(String type) throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v " + type + ")",
        "INSERT INTO t VALUES (1, ''), (2, NULL)");

    assertThat(query("SELECT v, v IS NULL FROM t ORDER BY id")).containsExactly("|f", "null|t");
  }

  /** Lines 37, 38 and 52. */
  @Test
  void everyNumberIsTheVeryNumberItWas() throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, r REAL, f FLOAT, i INT, d TEXT)",
        "INSERT INTO t VALUES (1, 1700000000.25, 0.1, 9223372036854775807, '12345678901234567890.123456789'),"
            + " (2, 9e999, -9e999, -9223372036854775808, '0.10'), (3, 1e308, 4.9e-324, 9007199254740993, '-0')");

    assertThat(typeOf("r") + ", " + typeOf("f")).isEqualTo("double precision, double precision");
    assertThat(query("SELECT r, f, i, d FROM t ORDER BY id"))
        .containsExactly(
            "1700000000.25|0.1|9223372036854775807|12345678901234567890.123456789",
            "Infinity|-Infinity|-9223372036854775808|0.10",
            "1e+308|5e-324|9007199254740993|-0");
  }

  /** Line 39. */
  @Test
  void aNumeralThatSqliteDoesNotKnowStaysItsText() throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, r REAL, n NUMERIC)",
        "INSERT INTO t VALUES (1, '12.3d0', '1_000'), (2, '12.5', '0x10')");

    assertThat(query("SELECT r, n FROM t ORDER BY id"))
        .containsExactly("12.3d0|1_000", "12.5|0x10");
  }

  /** Line 40. */
  @ParameterizedTest
  @ValueSource(
      strings = {"2024-02-30", "0000-00-00", "2023-02-29", "2024-13-01", "24-01-01", "yesterday"})
  void aDayThatDoesNotExistIsKeptAsItIs(String day) throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, d DATE, m DATETIME)",
            "INSERT INTO t VALUES (1, '2024-02-29', '2024-02-29 10:00'), (2, '"
                + day
                + "', '"
                + day
                + " 10:00:00')");

    assertThat(query("SELECT d, m FROM t WHERE id = 2"))
        .containsExactly(day + "|" + day + " 10:00:00");
    assertThat(report.changedTypes()).extracting(c -> c.column()).containsExactly("d", "m");
  }

  /** Line 41. */
  @Test
  void aMomentWithoutAZoneIsNotShiftedByThatOfTheSession() throws SQLException {
    execute(
        "DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), 'Asia/Kolkata'); END$$");
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME, zoned DATETIME)",
        "INSERT INTO t VALUES (1, '2024-03-31 02:30:00', '2024-03-31 02:30:00+02:00'), (2, '1900-01-01', '1900-01-01 00:00:00Z')");

    assertThat(query("SELECT at, zoned AT TIME ZONE 'UTC' FROM t ORDER BY id"))
        .containsExactly(
            "2024-03-31 02:30:00|2024-03-31 00:30:00", "1900-01-01 00:00:00|1900-01-01 00:00:00");
  }
}
