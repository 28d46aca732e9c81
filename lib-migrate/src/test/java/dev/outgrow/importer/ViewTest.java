package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views arrive where they answer the same rows, and are named where they do not. */
class ViewTest extends PostgresFixture {
  private static final String[] LIBRARY = {
    "CREATE TABLE author(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    "CREATE TABLE book(id INTEGER PRIMARY KEY, author INTEGER REFERENCES author, title TEXT, price REAL, added DATETIME)",
    "INSERT INTO author VALUES (1, 'Anna'), (2, 'bertil'), (3, 'Çelik')",
    "INSERT INTO book VALUES (1, 1, 'One', 9.5, '2024-02-29 10:00:00'), (2, 1, 'Two', NULL, NULL),"
        + " (3, 3, 'Üç', 12, '2023-01-01 00:00:00')"
  };

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  private ImportReport carry(String... statements) throws SQLException {
    file = folder.resolve("source.db");
    SqliteFiles.make(file, LIBRARY);
    SqliteFiles.make(file, statements);
    ImportReport report = SqliteImport.from(file).into(database).replace(true).run();
    assertThat(report.verified()).isTrue();
    return report;
  }

  /** Compares a view on both sides, its columns' names and its rows. */
  private void isEqual(String view) throws SQLException {
    String sql = "SELECT * FROM \"" + view + "\" ORDER BY 1 NULLS FIRST, 2 NULLS FIRST";
    try (Connection sqlite = SqliteFiles.open(file);
        Connection postgres = database.connection()) {
      assertThat(rows(postgres, sql)).isEqualTo(rows(sqlite, sql));
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      int columns = results.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        rows.add(results.getMetaData().getColumnLabel(i));
      }
      while (results.next()) {
        for (int i = 1; i <= columns; i++) {
          rows.add(String.valueOf(results.getString(i)).replaceFirst("\\.0$", ""));
        }
      }
      return rows;
    }
  }

  private static List<String> named(ImportReport report) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == Kind.VIEW)
        .map(NotCarried::name)
        .toList();
  }

  @Test
  void viewsAnswerTheSameOnBothSides() throws SQLException {
    ImportReport report =
        carry(
            "CREATE VIEW catalogue AS SELECT b.title, a.name AS author, ifnull(b.price, 0.0) FROM book b"
                + " JOIN author a ON a.id = b.author WHERE b.id < 100",
            "CREATE VIEW counts(who, \"how many\") AS SELECT author, count(*) FROM book GROUP BY author",
            "CREATE VIEW [all] AS SELECT * FROM book",
            "CREATE VIEW twice AS SELECT a.id, b.id, a.id AS id FROM author a, author b");

    assertThat(report.notCarried()).isEmpty();
    isEqual("catalogue");
    isEqual("counts");
    isEqual("twice");
    assertThat(query("SELECT title, added FROM \"all\" WHERE id = 1"))
        .containsExactly("One|2024-02-29 10:00:00");
  }

  @Test
  void viewsComeBehindThoseTheyRead() throws SQLException {
    ImportReport report =
        carry(
            "CREATE VIEW a AS SELECT who, n + 1 AS more FROM b",
            "CREATE VIEW b AS SELECT name AS who, n FROM author JOIN c ON c.author = author.id",
            "CREATE VIEW c AS SELECT author, count(*) AS n FROM book GROUP BY author");

    assertThat(report.notCarried()).isEmpty();
    isEqual("a");
  }

  @Test
  void whatIsNotTranslatedIsNamedWithItsTextAndWithThoseThatReadIt() throws SQLException {
    ImportReport report =
        carry(
            "CREATE VIEW hexed AS SELECT id, printf('%x', id) FROM book",
            "CREATE VIEW above AS SELECT id FROM hexed",
            "CREATE VIEW broken AS SELECT * FROM nowhere",
            "CREATE VIEW fine AS SELECT id, title FROM book");

    assertThat(named(report)).containsExactlyInAnyOrder("hexed", "above", "broken");
    assertThat(report.notCarried())
        .anySatisfy(
            n ->
                assertThat(n.reason())
                    .contains("printf")
                    .endsWith("CREATE VIEW hexed AS SELECT id, printf('%x', id) FROM book"))
        .anySatisfy(
            n ->
                assertThat(n.reason())
                    .isEqualTo(
                        "It reads the view hexed, which is not carried: CREATE VIEW above AS SELECT id FROM hexed"))
        .anySatisfy(n -> assertThat(n.reason()).contains("SQLite itself").contains("nowhere"));
    isEqual("fine");
  }

  @Test
  void aViewThatAnswersOtherRowsIsNotMade() throws SQLException {
    // which two rows come first is up to the database
    ImportReport report =
        carry(
            "CREATE TABLE n(i INTEGER, k INTEGER, t TEXT)",
            "CREATE INDEX by_k ON n(k)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 1000)"
                + " INSERT INTO n SELECT i, -i, hex(i) FROM c",
            "CREATE VIEW some AS SELECT k, t FROM n WHERE k < 0 LIMIT 2",
            "CREATE VIEW above AS SELECT k FROM some");

    assertThat(named(report)).containsExactlyInAnyOrder("some", "above");
    assertThat(report.notCarried())
        .anySatisfy(
            n ->
                assertThat(n.reason())
                    .startsWith("PostgreSQL answers other rows than SQLite: CREATE VIEW some"))
        .anySatisfy(n -> assertThat(n.reason()).startsWith("It reads a view that is not carried"));
    assertThat(query("SELECT count(*) FROM pg_views WHERE schemaname = 'public'"))
        .containsExactly("0");
  }

  @Test
  void aViewThatFailsInPostgresIsNotMade() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE n(i INTEGER)",
            "INSERT INTO n VALUES (9223372036854775807)",
            "CREATE VIEW larger AS SELECT i + 1 AS j FROM n");

    assertThat(named(report)).containsExactly("larger");
    assertThat(report.notCarried().get(0).reason()).contains("out of range");
  }

  @Test
  void aViewThatNeverEndsDoesNotHoldUpTheImport() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE n(i INTEGER)",
            "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 300)"
                + " INSERT INTO n SELECT i FROM c",
            "CREATE VIEW endless AS SELECT a.i, b.i AS j FROM n a, n b, n c, n d, n e");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT viewname FROM pg_views WHERE schemaname = 'public'"))
        .containsExactly("endless");
    assertThat(notCompared(report)).containsExactly("endless: it is too much work for SQLite");
    assertThat(report.leftBehind(List.of())).isEmpty();
    assertThat(ReportText.of(report, List.of()))
        .contains(
            "Carried, but answers not compared:\n  view endless: it is too much work for SQLite\n")
        .endsWith("\nverified\n");
    assertThat(ReportJson.of(report)).contains("\"notCompared\" : [ {");
  }

  @Test
  void whatIsNotComparedIsNotedWithTheReason() throws SQLException {
    String view = "CREATE VIEW titles AS SELECT title FROM book";
    String lost = "INSERT INTO book VALUES (9, 77, 'Nine', 1, NULL)";
    assertThat(notCompared(carry(view))).isEmpty();

    SqliteFiles.make(file, lost);
    SqliteImport carrying =
        SqliteImport.from(file).into(database).replace(true).rejectFolder(folder);

    assertThat(notCompared(carrying.orphans(Orphans.REJECT).run()))
        .containsExactly("titles: some rows are kept aside or carried with nulls");
    assertThat(notCompared(carrying.orphans(Orphans.NULL).run()))
        .containsExactly("titles: some rows are kept aside or carried with nulls");
    assertThat(notCompared(carrying.orphans(Orphans.KEEP).run())).isEmpty();
    assertThat(notCompared(carrying.limit(2).run()))
        .containsExactly("titles: not all tables are carried whole");
  }

  /** What cannot be compared is asked all the same: it must not fail in front of a user. */
  @Test
  void aViewThatFailsIsNotMadeEvenIfItsAnswersCannotBeCompared() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE n(i INTEGER)",
            "INSERT INTO n VALUES (9223372036854775807)",
            "CREATE VIEW chance AS SELECT random() AS r, i + 1 AS j FROM n",
            "CREATE VIEW moment AS SELECT strftime('%s', 'now') AS second, id FROM book");

    assertThat(report.notCarried()).extracting(NotCarried::name).containsExactly("chance");
    assertThat(notCompared(report))
        .containsExactly("moment: what it answers depends on the time or on chance");
  }

  private static List<String> notCompared(ImportReport report) {
    return report.notCompared().stream().map(n -> n.name() + ": " + n.why()).toList();
  }

  @Test
  void whatDependsOnTheTimeIsCarried() throws SQLException {
    ImportReport report =
        carry(
            "CREATE VIEW moment AS SELECT strftime('%s', 'now') AS second, random() AS chance",
            "CREATE VIEW of_moment AS SELECT second FROM moment");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT count(*) FROM of_moment")).containsExactly("1");
    assertThat(report.notCompared()).extracting("name").containsExactly("moment", "of_moment");
  }

  @Test
  void groupsByACollationAreThoseOfSqlite() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE tag(id INTEGER PRIMARY KEY, name VARCHAR(9) COLLATE NOCASE, end TEXT COLLATE RTRIM, n INTEGER)",
            "INSERT INTO tag VALUES (1, 'ROCK', 'a', 1), (2, 'Rock', 'a ', 2), (3, NULL, 'b', 3), (4, NULL, 'b', 4),"
                + " (5, 'Ä', 'c', 5), (6, 'ä', 'c', 6), (7, 'Jazz', NULL, 7), (8, 'jazz', '', 8)",
            "CREATE VIEW counted AS SELECT name, count(*) AS c, sum(n) AS s FROM tag GROUP BY name ORDER BY name DESC",
            "CREATE VIEW expressed AS SELECT name || '!' AS e, upper(name) AS u, max(n) AS m FROM tag"
                + " GROUP BY 1, name HAVING name <> 'x'",
            "CREATE VIEW ends AS SELECT end, count(*) AS c FROM tag GROUP BY end",
            "CREATE VIEW asked AS SELECT count(*) AS c, count(n) AS d FROM tag GROUP BY end COLLATE NOCASE",
            "CREATE VIEW kinds AS SELECT count(DISTINCT name) AS c, count(DISTINCT end) AS d FROM tag",
            "CREATE VIEW names AS SELECT DISTINCT name FROM tag ORDER BY name",
            "CREATE VIEW pairs AS SELECT DISTINCT name, n > 4 AS more FROM tag",
            "CREATE VIEW above AS SELECT name AS n, c FROM counted WHERE name = 'rock'",
            "CREATE VIEW gathered AS SELECT group_concat(DISTINCT name) AS g, 1 AS one FROM tag");

    assertThat(named(report)).containsExactly("gathered");
    assertThat(report.notCompared()).isEmpty();
    for (String view : List.of("counted", "ends", "asked", "kinds", "pairs", "above")) {
      isEqual(view);
    }
  }

  /** SQLite does not say which it shows, and PostgreSQL shows another: only a comparison tells. */
  @Test
  void aGroupOfWhichSqliteShowsAnotherSpellingIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE tag(name TEXT COLLATE NOCASE)",
            "INSERT INTO tag VALUES ('rock'), ('ROCK')",
            "CREATE VIEW counted AS SELECT name, count(*) FROM tag GROUP BY name");

    assertThat(named(report)).containsExactly("counted");
    assertThat(report.notCarried())
        .anySatisfy(n -> assertThat(n.reason()).startsWith("PostgreSQL answers other rows"));
  }

  @Test
  void hostileNamesArriveAsTheyAre() throws SQLException {
    String longName = "v".repeat(70);
    ImportReport report =
        carry(
            "CREATE TABLE text(text TEXT, \"se\"\"lect\" TEXT)",
            "CREATE TABLE pg_class(oid INTEGER)",
            "INSERT INTO text VALUES ('a', 'b')",
            "INSERT INTO pg_class VALUES (7)",
            "CREATE VIEW \"it's; \"\"x\"\" 🐘\" AS SELECT text.text || '' AS \"drop table\", \"se\"\"lect\" FROM text",
            "CREATE VIEW \"" + longName + "\" AS SELECT oid, oid + 1 FROM pg_class");

    assertThat(report.notCarried()).isEmpty();
    assertThat(query("SELECT * FROM \"it's; \"\"x\"\" 🐘\"")).containsExactly("a|b");
    String renamed =
        report.renamed().stream()
            .filter(r -> r.kind().equals("view"))
            .findFirst()
            .orElseThrow()
            .to();
    assertThat(query("SELECT * FROM \"" + renamed + "\"")).containsExactly("7|8");
  }

  @Test
  void viewsMoveWithTheirTablesWhenTheTargetIsReplaced() throws SQLException {
    carry("CREATE VIEW titles AS SELECT id, title FROM book");
    execute("UPDATE book SET title = 'changed' WHERE id = 1");

    Path again = folder.resolve("again.db");
    SqliteFiles.make(again, LIBRARY);
    SqliteFiles.make(again, "CREATE VIEW titles AS SELECT title FROM book");
    ImportReport report = SqliteImport.from(again).into(database).replace(true).run();

    assertThat(query("SELECT * FROM titles WHERE title = 'One'")).containsExactly("One");
    assertThat(query("SELECT * FROM \"" + report.before() + "\".titles WHERE id = 1"))
        .containsExactly("1|changed");
  }

  @Test
  void thePlanShowsTheViewAndHowItIsCompared() throws SQLException {
    file = folder.resolve("source.db");
    SqliteFiles.make(file, LIBRARY);
    SqliteFiles.make(file, "CREATE VIEW titles AS SELECT title FROM book");

    String plan = SqliteImport.from(file).into(database).plan().text();

    assertThat(plan)
        .containsPattern(
            "CREATE VIEW \"outgrow_staging_\\w+\"\\.\"titles\" \\(\"title\"\\) AS SELECT")
        .contains("-- Compare what view titles answers")
        .contains("ALTER VIEW ");
  }
}
