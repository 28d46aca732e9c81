package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Line 24 of the catalogue (docs/failures.md): virtual tables (full text, R-tree, spatial) and
 * their shadow tables.
 */
class VirtualTableTest extends PostgresFixture {
  @TempDir private Path folder;

  private ImportReport carry(String... statements) throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("source.db"), statements);
    ImportReport report = SqliteImport.from(file).into(database).run();
    assertThat(report.verified()).isTrue();
    assertThat(SqliteImport.from(file).into(database).verify().verified()).isTrue();
    return report;
  }

  private static Map<String, String> reasons(ImportReport report) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == Kind.VIRTUAL_TABLE)
        .collect(Collectors.toMap(NotCarried::name, NotCarried::reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fts3", "fts4", "fts5"})
  void theRowsOfAFullTextTableAreCarriedByTheirRowid(String module) throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE plain(v)",
            "CREATE VIRTUAL TABLE words USING " + module + "(title, body)",
            "INSERT INTO words(rowid, title, body) VALUES (7, 'a', 'b'), (-3, 'c', NULL), (9, 12, 'e')");

    assertThat(query("SELECT rowid, title, body FROM words ORDER BY rowid"))
        .containsExactly("-3|c|null", "7|a|b", "9|12|e");
    assertThat(query("INSERT INTO words(title) VALUES ('next') RETURNING rowid"))
        .containsExactly("10");
    assertThat(report.tables())
        .extracting(TableReport::name)
        .containsExactlyInAnyOrder("plain", "words");
    assertThat(reasons(report).get("words")).contains("Its rows are carried", module, "index");
    assertThat(reasons(report).keySet()).containsExactly("words");
    assertThat(report.leftBehind(List.of(Kind.VIRTUAL_TABLE))).isEmpty();
  }

  @Test
  void aFullTextTableOverAnotherTableIsCarriedAsItIsRead() throws SQLException {
    carry(
        "CREATE TABLE notes(id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
        "INSERT INTO notes VALUES (4, 'x', 'y')",
        "CREATE VIRTUAL TABLE five USING fts5(a, b, content='notes', content_rowid='id')",
        "CREATE VIRTUAL TABLE four USING fts4(a, b, content=\"notes\")");

    assertThat(query("SELECT rowid, a, b FROM five")).containsExactly("4|x|y");
    assertThat(query("SELECT rowid, a, b FROM four")).containsExactly("4|x|y");
  }

  @Test
  void aFullTextTableWithoutContentIsNamed() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE plain(v)",
            "CREATE VIRTUAL TABLE five USING fts5(a, b, content='')",
            "INSERT INTO five(rowid, a) VALUES (1, 'x')",
            "CREATE VIRTUAL TABLE four USING fts4(a, b, content=\"\")",
            "INSERT INTO four(docid, a) VALUES (1, 'x')");

    assertThat(reasons(report).get("five")).contains("without content");
    assertThat(reasons(report).get("four")).contains("without content");
    assertThat(reasons(report).get("five_docsize")).endsWith("it holds 1 row");
    assertThat(report.tables()).extracting(TableReport::name).containsExactly("plain");
  }

  @Test
  void aFullTextTableWhoseOtherTableIsGoneIsNamedWithSqlitesWords() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE plain(v)",
            "CREATE TABLE notes(a TEXT)",
            "INSERT INTO notes VALUES ('x')",
            "CREATE VIRTUAL TABLE five USING fts5(a, content='notes')",
            "DROP TABLE notes");

    assertThat(reasons(report).get("five")).contains("cannot be read", "notes");
    assertThat(report.tables()).extracting(TableReport::name).containsExactly("plain");
  }

  @Test
  void theLanguageOfARowIsCarriedWithIt() throws SQLException {
    carry(
        "CREATE VIRTUAL TABLE words USING fts4(body, languageid=\"lang\")",
        "INSERT INTO words(body, lang) VALUES ('x', 5)");

    assertThat(query("SELECT rowid, body, lang FROM words")).containsExactly("1|x|5");
  }

  @Test
  void columnsCalledLikeTheRowidLeaveItAnotherName() throws SQLException {
    carry(
        "CREATE VIRTUAL TABLE words USING fts4(rowid, body)",
        "INSERT INTO words(docid, rowid, body) VALUES (3, 'r', 'b')");

    assertThat(query("SELECT docid, rowid, body FROM words")).containsExactly("3|r|b");
  }

  @Test
  void anRTreeIsCarriedWithItsAuxiliaryColumns() throws SQLException {
    ImportReport report =
        carry(
            "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1, y0, y1, +label)",
            "INSERT INTO boxes VALUES (5, 1.1, 2.2, 3, 4, 'five'), (6, 0, 0, 0, 0, NULL)",
            "CREATE VIRTUAL TABLE cells USING rtree_i32(id, x0, x1)",
            "INSERT INTO cells VALUES (1, -4, 4)");

    assertThat(query("SELECT id, x0, x1, y1, label FROM boxes ORDER BY id"))
        .containsExactly("5|1.0999999046325684|2.200000047683716|4|five", "6|0|0|0|null");
    assertThat(query("SELECT id, x0, x1 FROM cells")).containsExactly("1|-4|4");
    assertThat(reasons(report).keySet()).containsExactlyInAnyOrder("boxes", "cells");
  }

  /** As GeoPackage does: an R-tree, kept by triggers whose functions only its programs have. */
  @Test
  void aSpatialIndexWhoseTriggersCallUnknownFunctionsIsCarried() throws SQLException {
    ImportReport report =
        carry(
            "CREATE TABLE roads(fid INTEGER PRIMARY KEY AUTOINCREMENT, geom BLOB, name TEXT)",
            "INSERT INTO roads VALUES (1, x'4750', 'A1')",
            "CREATE VIRTUAL TABLE rtree_roads_geom USING rtree(id, minx, maxx, miny, maxy)",
            "INSERT INTO rtree_roads_geom VALUES (1, 0, 1, 0, 1)",
            "CREATE TRIGGER rtree_roads_geom_insert AFTER INSERT ON roads WHEN (new.geom NOT NULL AND NOT"
                + " ST_IsEmpty(NEW.geom)) BEGIN INSERT OR REPLACE INTO rtree_roads_geom VALUES (NEW.fid,"
                + " ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END");

    assertThat(query("SELECT fid, name FROM roads")).containsExactly("1|A1");
    assertThat(query("SELECT id, maxx FROM rtree_roads_geom")).containsExactly("1|1");
    assertThat(report.notCarried())
        .anyMatch(n -> n.kind() == Kind.TRIGGER && n.name().equals("rtree_roads_geom_insert"));
  }

  @Test
  void aMissingModuleOrTokenizerCostsNothingElse() throws SQLException {
    Path file = folder.resolve("source.db");
    try (Connection connection = SqliteFiles.open(file)) {
      SqliteFiles.execute(
          connection,
          "CREATE TABLE plain(v)",
          "INSERT INTO plain VALUES (1)",
          "CREATE TABLE places_vocab(id INTEGER PRIMARY KEY, word TEXT)",
          "INSERT INTO places_vocab VALUES (1, 'Rome'), (2, 'Oslo')",
          "CREATE VIRTUAL TABLE messages USING fts4(body)",
          "INSERT INTO messages VALUES ('x')",
          "PRAGMA writable_schema = ON",
          "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE messages USING fts4(body, tokenize=mozporter)'"
              + " WHERE name = 'messages'",
          "INSERT INTO sqlite_schema VALUES ('table', 'places', 'places', 0,"
              + " 'CREATE VIRTUAL TABLE places USING spellfix1')",
          "INSERT INTO sqlite_schema VALUES ('table', 'pages', 'pages', 0,"
              + " 'CREATE VIRTUAL TABLE pages USING dbstat')");
    }
    ImportReport report = SqliteImport.from(file).into(database).run();

    assertThat(query("SELECT v FROM plain")).containsExactly("1");
    assertThat(report.tables()).extracting(TableReport::name).containsExactly("plain");
    assertThat(reasons(report).get("messages")).contains("unknown tokenizer: mozporter");
    assertThat(reasons(report).get("messages_content")).contains("it holds 1 row");
    assertThat(reasons(report).get("places")).contains("spellfix1", "not opened");
    assertThat(reasons(report).get("places_vocab")).contains("it holds 2 rows");
    assertThat(reasons(report).get("pages")).contains("dbstat", "not opened");
  }
}
