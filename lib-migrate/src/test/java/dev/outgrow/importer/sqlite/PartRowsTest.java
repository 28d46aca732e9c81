package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.page.Part;
import dev.outgrow.importer.source.RowCursor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a table are all of its rows, each once and in their order. */
class PartRowsTest {
  private static final String SERIES =
      "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < %d)";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "INTEGER PRIMARY KEY, '', 1",
    "INTEGER PRIMARY KEY, '', 2",
    "INTEGER PRIMARY KEY, '', 30",
    "INTEGER PRIMARY KEY, '', 40000",
    "TEXT, '', 3000",
    "TEXT PRIMARY KEY, WITHOUT ROWID, 1",
    "TEXT PRIMARY KEY, WITHOUT ROWID, 3000",
    "TEXT PRIMARY KEY, WITHOUT ROWID, 40000"
  })
  void areTogetherWhatTheWholeIs(String key, String options, int rows) throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("a.db"),
            "PRAGMA page_size = 512",
            "CREATE TABLE t(id " + key + ", v TEXT)" + options,
            "INSERT INTO t " + SERIES.formatted(rows) + " SELECT i, 'value ' || i FROM s");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      List<String> whole = texts(source.rows("t"));
      assertThat(whole).hasSize(rows);
      for (int parts = 1; parts <= 7; parts++) {
        assertThat(inParts(source, parts)).as("in %d parts", parts).isEqualTo(whole);
      }
    }
  }

  @Test
  void aTableWithoutRowsHasPartsWithoutRows() throws SQLException {
    Path file = SqliteFiles.make(folder.resolve("a.db"), "CREATE TABLE t(id, v TEXT)");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      assertThat(inParts(source, 3)).isEmpty();
    }
  }

  @Test
  void aPartEndsUnfinishedBeforeARowThatIsTooLarge() throws SQLException {
    Path file =
        SqliteFiles.make(
            folder.resolve("a.db"),
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
            "INSERT INTO t " + SERIES.formatted(2000) + " SELECT i, 'value ' || i FROM s",
            "UPDATE t SET v = CAST(zeroblob(40000000) AS TEXT) WHERE id = 1500");
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      try (PartRows first = source.part("t", new Part(0, 2)).orElseThrow();
          PartRows second = source.part("t", new Part(1, 2)).orElseThrow()) {
        assertThat(texts(first)).isNotEmpty();
        assertThat(texts(second)).last().asString().isEqualTo("value 1499");
        assertThat(first.isComplete()).isTrue();
        assertThat(second.isComplete()).isFalse();
      }
    }
  }

  private static List<String> inParts(SqliteSource source, int parts) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      PartRows part = source.part("t", new Part(i, parts)).orElseThrow();
      rows.addAll(texts(part));
      assertThat(part.isComplete()).isTrue();
    }
    return rows;
  }

  private static List<String> texts(RowCursor cursor) {
    List<String> texts = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        texts.add(new String(cursor.row().bytes(1), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
