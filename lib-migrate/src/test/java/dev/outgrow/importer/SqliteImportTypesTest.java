package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.ChangedType;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.VerifyReport;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of declared types, from the file to the server and back. */
class SqliteImportTypesTest extends PostgresFixture {
  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void makeAFile() throws SQLException {
    file =
        SqliteFiles.make(
            folder.resolve("typed.db"),
            "CREATE TABLE t (id INTEGER PRIMARY KEY, seen BOOLEAN DEFAULT 0, day DATE, at DATETIME,"
                + " heard TIMESTAMP, alarm TIME, ref UUID UNIQUE, conf JSON, name VARCHAR(5), price DECIMAL(6,2),"
                + " flag BOOLEAN, due DATETIME)",
            "INSERT INTO t VALUES (1, 1, '2024-02-29', '2024-02-29 10:00:00.5', '2024-02-29T23:30:00-02:00', '10:00:00',"
                + " '00000000-0000-4000-8000-0000000000AB', '{\"b\": 1, \"a\": 2}', 'Größe', 9.99, 1, '2024-02-30')",
            "INSERT INTO t (id, flag, due) VALUES (2, 2, '0000-00-00')");
  }

  @Test
  void arriveAsValuesOfTheTypesTheyWereMeantToBe() throws SQLException {
    ImportReport report = SqliteImport.from(file).into(database).run();

    assertThat(report.verified()).isTrue();
    assertThat(
            query(
                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                    + " WHERE attrelid = 't'::regclass AND attnum > 1 ORDER BY attnum"))
        .containsExactly(
            "boolean",
            "date",
            "timestamp without time zone",
            "timestamp with time zone",
            "time without time zone",
            "uuid",
            "json",
            "character varying(5)",
            "numeric(6,2)",
            "bigint",
            "text");
    assertThat(
            query(
                "SELECT seen, day + 1, at, heard AT TIME ZONE 'UTC', alarm, ref, conf, conf->>'a', name, price, flag, due"
                    + " FROM t WHERE id = 1"))
        .containsExactly(
            "t|2024-03-01|2024-02-29 10:00:00.5|2024-03-01 01:30:00|10:00:00|"
                + "00000000-0000-4000-8000-0000000000ab|{\"b\": 1, \"a\": 2}|2|Größe|9.99|1|2024-02-30");
    assertThat(query("INSERT INTO t (id) VALUES (3) RETURNING seen")).containsExactly("f");
  }

  @Test
  void bringTheMomentOfTheInsertAsTheirDefault() throws SQLException {
    Path clock =
        SqliteFiles.make(
            folder.resolve("clock.db"),
            "CREATE TABLE c (id INTEGER PRIMARY KEY, made DATETIME DEFAULT CURRENT_TIMESTAMP,"
                + " changed DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
                + " day DATE DEFAULT CURRENT_DATE, since DATETIME DEFAULT CURRENT_DATE)",
            "INSERT INTO c VALUES (1, '2024-01-01 10:00:00', '2024-01-01T10:00:00.000Z', '2024-01-01', '2024-01-01')");

    ImportReport report = SqliteImport.from(clock).into(database).run();

    assertThat(report.notCarried()).isEmpty();
    assertThat(
            query(
                "INSERT INTO c DEFAULT VALUES RETURNING made BETWEEN (now() AT TIME ZONE 'UTC') - interval '1 minute'"
                    + " AND clock_timestamp() AT TIME ZONE 'UTC', changed BETWEEN now() - interval '1 minute' AND clock_timestamp(),"
                    + " day = (now() AT TIME ZONE 'UTC')::date, since = date_trunc('day', now() AT TIME ZONE 'UTC')"))
        .containsExactly("t|t|t|t");
  }

  @Test
  void sayWhichOfThemWereNotWhatTheirColumnDeclares() {
    ImportReport report = SqliteImport.from(file).into(database).run();

    assertThat(report.changedTypes())
        .extracting(ChangedType::column)
        .containsExactly("heard", "flag", "due");
    assertThat(report.changedTypes().get(1).why()).contains("1 not boolean (first at id=2)");
    assertThat(report.changedTypes().get(2).why()).contains("2 text", "2 not a date");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "seen|false",
        "seen|NULL",
        "day|'2024-03-01'",
        "day|'infinity'",
        "at|'2024-02-29 10:00:00.500001'",
        "at|'-infinity'",
        "heard|'2024-02-29 23:30:00+00'",
        "alarm|'10:00:00.000001'",
        "alarm|'24:00'",
        "ref|'00000000-0000-4000-8000-0000000000ac'",
        "conf|'{\"a\": 2, \"b\": 1}'",
        "conf|'{\"b\":1, \"a\": 2}'",
        "name|'Große'",
        "price|9.98",
        "price|NULL"
      })
  void areFoundByVerificationWhereOneWasChanged(String column, String value) throws SQLException {
    SqliteImport carry = SqliteImport.from(file).into(database);
    carry.run();
    execute("UPDATE t SET " + column + " = " + value + " WHERE id = 1");

    VerifyReport report = carry.verify();

    assertThat(report.verified()).isFalse();
    assertThat(report.differences())
        .singleElement()
        .satisfies(
            d -> assertThat(d.describe()).isEqualTo("Table t, row id=1 differs in " + column));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DATE|'2024-02-29'|'infinity'",
        "DATETIME|'2024-02-29 10:00'|'-infinity'",
        "DATETIME|'2024-02-29 10:00Z'|'294276-12-31 23:59:59.999999+00'",
        "TIME|'10:00:00'|'24:00:00'",
        "BOOLEAN|1|false",
        "UUID|'00000000-0000-4000-8000-0000000000AB'|'00000000-0000-4000-8000-0000000000ac'"
      })
  void nameARowThatOnlyTheTargetHasWhateverItsKeyIs(String type, String stored, String added)
      throws SQLException {
    Path keyed =
        SqliteFiles.make(
            folder.resolve("keyed.db"),
            "CREATE TABLE k (key " + type + " PRIMARY KEY)",
            "INSERT INTO k VALUES (" + stored + ")");
    SqliteImport carry = SqliteImport.from(keyed).into(database);
    carry.run();
    execute("INSERT INTO k VALUES (" + added + ")");

    assertThat(carry.verify().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.describe()).contains("is in PostgreSQL only"));
  }
}
