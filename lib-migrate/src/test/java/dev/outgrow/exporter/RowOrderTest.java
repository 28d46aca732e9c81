package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.progress.ProgressListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are taken as they lie where they lie in the order of their key, and only there. */
class RowOrderTest extends ExportFixture {
  private static final int ROWS = 30_000;

  private final List<String> noted = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();

  @BeforeEach
  void fill() throws SQLException {
    server.execute(
        "CREATE TABLE first(id int PRIMARY KEY)",
        "INSERT INTO first VALUES (7)",
        "CREATE TABLE t(id bigint PRIMARY KEY, v text)",
        "INSERT INTO t SELECT i, lpad(i::text, 100) FROM generate_series(1, " + ROWS + ") i",
        "CREATE TABLE u(id int PRIMARY KEY, t bigint REFERENCES t)",
        "INSERT INTO u VALUES (1, 5), (2, NULL)",
        "ANALYZE");
  }

  private Path export(String name) throws SQLException {
    Path file = folder.resolve(name);
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void progressed(Progress progress) {
            if (progress.event() == Event.TABLE_BEGINS) {
              begun.add(progress.phase().word() + " " + progress.table());
            }
          }

          @Override
          public void noted(String sentence) {
            noted.add(sentence);
          }
        };
    ExportReport report =
        SqliteExport.from(server.database()).into(file).onProgress(listener).run();
    assertThat(report.verified()).isTrue();
    assertThat(report.rows()).isEqualTo(ROWS + 3);
    assertThat(begun).doesNotHaveDuplicates();
    try (Connection connection = SqliteFiles.open(file)) {
      assertThat(
              TwoFiles.column(connection, "SELECT count(*) FROM t WHERE id = CAST(v AS INTEGER)"))
          .containsExactly(Integer.toString(ROWS));
      assertThat(TwoFiles.column(connection, "PRAGMA integrity_check")).containsExactly("ok");
    }
    return file;
  }

  private static String pages(Path file) throws SQLException {
    try (Connection connection = SqliteFiles.open(file)) {
      return TwoFiles.column(connection, "PRAGMA page_count").get(0);
    }
  }

  @Test
  void rowsThatLieInOrderAreTakenAsTheyLie() throws SQLException {
    export("a.db");
    assertThat(noted).isEmpty();
  }

  @Test
  void aRowThatHasMovedSinceTheStatisticsBeginsTheTableAnew() throws SQLException {
    Path before = export("before.db");
    begun.clear();
    server.execute("UPDATE t SET v = lpad('20000', 100) WHERE id = 20000");

    Path after = export("after.db");

    assertThat(noted).singleElement().asString().startsWith("Table t is read again");
    assertThat(pages(after)).isEqualTo(pages(before));
  }

  @Test
  void rowsThatLieInAnotherOrderAreAskedForInOrder() throws SQLException {
    server.execute(
        "CREATE TABLE other AS SELECT * FROM t ORDER BY id DESC",
        "TRUNCATE t CASCADE",
        "INSERT INTO t SELECT * FROM other",
        "INSERT INTO u VALUES (1, 5), (2, NULL)",
        "DROP TABLE other",
        "ANALYZE");
    export("a.db");
    assertThat(noted).isEmpty();
  }
}
