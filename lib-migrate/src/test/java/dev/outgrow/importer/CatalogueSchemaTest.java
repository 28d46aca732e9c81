package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other importers do to schemas: the catalogue of failures, line by line (docs/failures.md).
 */
class CatalogueSchemaTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    ImportReport report = SqliteImport.from(file).into(database).orphans(Orphans.KEEP).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  /** Lines 1 and 2. */
  @Test
  void theFirstInsertOfTheApplicationMeetsNoKeyThatIsTaken() throws SQLException {
    carry(
        "CREATE TABLE \"My Table\"(\"The Id\" INTEGER PRIMARY KEY, v)",
        "INSERT INTO \"My Table\" VALUES (1, 'x')",
        "CREATE TABLE ahead(id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "INSERT INTO ahead VALUES (7)",
        "UPDATE sqlite_sequence SET seq = 1000",
        "CREATE TABLE behind(id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "INSERT INTO behind VALUES (7)",
        "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'behind'",
        "CREATE TABLE emptied(id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "INSERT INTO emptied VALUES (9)",
        "DELETE FROM emptied",
        "CREATE TABLE unused(id INTEGER PRIMARY KEY)",
        "CREATE TABLE alias(v TEXT, k INTEGER, PRIMARY KEY(k))",
        "INSERT INTO alias VALUES ('x', 3)");

    assertThat(query("INSERT INTO \"My Table\"(v) VALUES ('n') RETURNING \"The Id\""))
        .containsExactly("2");
    assertThat(query("INSERT INTO ahead DEFAULT VALUES RETURNING id")).containsExactly("1001");
    assertThat(query("INSERT INTO behind DEFAULT VALUES RETURNING id")).containsExactly("8");
    assertThat(query("INSERT INTO emptied DEFAULT VALUES RETURNING id")).containsExactly("10");
    assertThat(query("INSERT INTO unused DEFAULT VALUES RETURNING id")).containsExactly("1");
    assertThat(query("INSERT INTO alias(v) VALUES ('n') RETURNING k")).containsExactly("4");
  }

  /** Line 6. */
  @Test
  void defaultsThatAreFunctionsGoOnAsFunctionsAndQuotedOnesAsText() throws SQLException {
    carry(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT DEFAULT 'CURRENT_TIMESTAMP', b TEXT DEFAULT 'null',"
            + " c DATETIME DEFAULT CURRENT_TIMESTAMP, d INTEGER DEFAULT (strftime('%s', 'now')),"
            + " e DATETIME DEFAULT (datetime('now')), f DATE DEFAULT CURRENT_DATE, g TEXT DEFAULT \"quoted\")");

    assertThat(
            query(
                "INSERT INTO t DEFAULT VALUES RETURNING a, b, abs(extract(epoch from now() at time zone 'UTC' - c)) < 60,"
                    + " abs(extract(epoch from now()) - d) < 60, abs(extract(epoch from now() at time zone 'UTC' - e)) < 60,"
                    + " f = (now() at time zone 'UTC')::date, g"))
        .containsExactly("CURRENT_TIMESTAMP|null|t|t|t|t|quoted");
  }

  /** Line 8. */
  @Test
  void aNameIsTheSameEverywhereItIsUsed() throws SQLException {
    String longName = "x".repeat(70);
    carry(
        "CREATE TABLE \"User\"(\"Id\" INTEGER PRIMARY KEY, \"select\" TEXT)",
        "INSERT INTO \"User\" VALUES (5, 'a')",
        "CREATE INDEX \"By Select\" ON \"User\"(\"select\")",
        "CREATE TABLE \"a \"\"b\"\" 🐘\"(\"user id\" INTEGER REFERENCES \"user\"(\"ID\"), \"\" TEXT, "
            + longName
            + "1 TEXT, "
            + longName
            + "2 TEXT, é TEXT, É TEXT)",
        "INSERT INTO \"a \"\"b\"\" 🐘\" VALUES (5, 'unnamed', '1', '2', 'small', 'large')");

    assertThat(query("INSERT INTO \"User\"(\"select\") VALUES ('b') RETURNING \"Id\""))
        .containsExactly("6");
    assertThat(query("SELECT \"user id\", é, \"É\" FROM \"a \"\"b\"\" 🐘\""))
        .containsExactly("5|small|large");
    assertThat(query("SELECT 1 FROM pg_class WHERE relname = 'By Select'")).hasSize(1);
    assertThat(
            query(
                "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly("\"a \"\"b\"\" 🐘\"|\"User\"");
  }

  /** Line 12. */
  @Test
  void keysAreNotEnforcedWhileRowsAreLoaded() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id), before INTEGER REFERENCES child(id))",
            "CREATE TABLE parent(id INTEGER PRIMARY KEY, favourite INTEGER REFERENCES child(id))",
            "INSERT INTO child VALUES (1, 1, 2), (2, 1, 1)",
            "INSERT INTO parent VALUES (1, 2)");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
        .containsExactly("3");
  }

  /** Lines 22, 48 and 49. */
  @Test
  void foreignKeysFindTheirTargetInAnyCaseAndWithoutColumns() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE \"Parent\"(a INTEGER, b TEXT, PRIMARY KEY (a, b))",
            "INSERT INTO \"Parent\" VALUES (1, 'x')",
            "CREATE TABLE c(x INTEGER, y TEXT, gone INTEGER REFERENCES nowhere(id),"
                + " FOREIGN KEY (x, y) REFERENCES PARENT ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO c VALUES (1, 'x', NULL)");

    assertThat(query("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"))
        .containsExactly(
            "FOREIGN KEY (x, y) REFERENCES \"Parent\"(a, b) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED");
    assertThat(report.notCarried())
        .singleElement()
        .satisfies(
            n ->
                assertThat(n.kind() + " " + n.name() + ": " + n.reason())
                    .isEqualTo("FOREIGN_KEY c(gone) -> nowhere: There is no table nowhere"));
    execute("DELETE FROM \"Parent\"");
    assertThat(query("SELECT count(*) FROM c")).containsExactly("0");
  }

  /** Line 26. */
  @Test
  void aViewThatIsBrokenBreaksNothingElse() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(v TEXT)",
            "INSERT INTO t VALUES ('kept')",
            "CREATE VIEW broken AS SELECT missing FROM nowhere",
            "CREATE VIEW circle AS SELECT * FROM circle2",
            "CREATE VIEW circle2 AS SELECT * FROM circle");

    assertThat(query("SELECT v FROM t")).containsExactly("kept");
    assertThat(report.notCarried()).extracting(NotCarried::kind).containsOnly(Kind.VIEW);
    assertThat(report.notCarried())
        .extracting(NotCarried::name)
        .containsExactlyInAnyOrder("broken", "circle", "circle2");
  }

  /** Line 29. */
  @Test
  void notNullStaysAndANullInAKeyIsCarried() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE t(k TEXT PRIMARY KEY, v TEXT NOT NULL, w TEXT)",
            "INSERT INTO t VALUES (NULL, 'a', NULL), ('x', 'b', NULL)");

    assertThat(report.notCarried()).extracting(NotCarried::kind).containsExactly(Kind.PRIMARY_KEY);
    assertThat(query("SELECT k, v FROM t ORDER BY v")).containsExactly("null|a", "x|b");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('y', NULL, 'c')"))
        .hasMessageContaining("not-null");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('x', 'd', 'd')"))
        .hasMessageContaining("unique");
  }

  /** Line 42. */
  @Test
  void anIndexMayBeCalledLikeATableOrAConstraint() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT, CONSTRAINT taken UNIQUE (v))",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, v TEXT, CONSTRAINT taken UNIQUE (v))",
            "CREATE INDEX pk_a ON a(v)",
            "CREATE INDEX b_id_seq ON b(v)",
            "CREATE INDEX fk ON b(v)",
            "INSERT INTO a VALUES (4, 'x')");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT count(*) FROM pg_indexes WHERE schemaname = 'public'"))
        .containsExactly("7");
    assertThat(query("INSERT INTO b(v) VALUES ('n') RETURNING id")).containsExactly("1");
    assertThat(report.renamed())
        .extracting(r -> r.kind() + " " + r.from())
        .contains("constraint taken");
  }

  /** Line 43. */
  @Test
  void aSecondRunGivesTheSameAndLeavesNothingBeside() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("again.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT UNIQUE)",
            "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    SqliteImport carry = SqliteImport.from(file).into(database);
    String first = carry.run().tables().get(0).checksum();

    assertThatThrownBy(carry::run).hasMessageContaining("t");
    ImportReport second = carry.replace(true).run();

    assertThat(second.tables().get(0).checksum()).isEqualTo(first);
    assertThat(query("SELECT * FROM t ORDER BY id")).containsExactly("1|a", "2|b");
    assertThat(schemas()).containsExactly("public", second.before());
  }

  /** Line 44. */
  @Test
  void whatOthersBuiltOnTheTargetOutlivesItsReplacement() throws SQLException {
    execute(
        "CREATE TABLE t(id bigint PRIMARY KEY, v text)",
        "INSERT INTO t VALUES (1, 'old')",
        "CREATE SCHEMA reports",
        "CREATE VIEW reports.all_of_t AS SELECT v FROM public.t",
        "CREATE TABLE reports.about(t bigint REFERENCES public.t)",
        "INSERT INTO reports.about VALUES (1)");
    Path file =
        SqliteFiles.make(
            folder.resolve("new.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY)",
            "INSERT INTO t VALUES (2)");

    assertThat(SqliteImport.from(file).into(database).replace(true).run().notCarried())
        .extracting(n -> n.kind().word() + " " + n.name())
        .containsExactly("dependent reports.about.about_t_fkey", "dependent reports.all_of_t");

    assertThat(query("SELECT v FROM reports.all_of_t")).containsExactly("old");
    assertThat(query("SELECT t FROM reports.about")).containsExactly("1");
    assertThat(query("SELECT id FROM t")).containsExactly("2");
  }
}
