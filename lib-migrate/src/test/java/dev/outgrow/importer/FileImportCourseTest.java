package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.importer.file.FileDump;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an import into a SQLite file goes on, and what it meets on the way. */
class FileImportCourseTest extends FileImportFixture {
  private static final String MANY =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
          + " INSERT INTO t SELECT i, 'value ' || i FROM n";

  @Test
  void itCanBeCancelled() throws SQLException {
    Path source = source("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY);
    Cancellation cancellation = new Cancellation();

    assertThatThrownBy(
            () ->
                carry(
                    source,
                    i ->
                        i.cancelledBy(cancellation)
                            .onProgress(
                                p -> {
                                  if (p.phase() == Phase.VERIFY) {
                                    cancellation.cancel();
                                  }
                                })))
        .isInstanceOf(CancelledException.class);
    assertThat(FileDump.of(target()).get("schema")).isEmpty();
  }

  @Test
  void progressIsTold() throws SQLException {
    Path source = source("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY);
    List<Progress> told = new ArrayList<>();

    carry(source, i -> i.onProgress(told::add));

    assertThat(told)
        .anyMatch(
            p -> p.phase() == Phase.LOAD && p.tableRows() == 20_000 && p.totalRows() == 30_000)
        .anyMatch(p -> p.phase() == Phase.VERIFY && p.event() == Progress.Event.TABLE_ENDS)
        .last()
        .matches(p -> p.event() == Progress.Event.DONE);
  }

  @Test
  void whoWritesToTheTargetIsWaitedForAndThenNamed() throws SQLException {
    Path source = source("CREATE TABLE t(a)");
    change("PRAGMA journal_mode = WAL");
    try (Connection application = SqliteFiles.open(target())) {
      SqliteFiles.execute(application, "BEGIN IMMEDIATE");

      assertThatThrownBy(
              () -> carry(source, i -> i.lockTimeout(Duration.ofMillis(20)).lockRetries(2)))
          .isInstanceOf(OutgrowException.class)
          .hasMessageContaining("lock");
    }
    assertThat(carry(source).verified()).isTrue();
  }

  @Test
  void aSecondImportIsRefusedAtOnce() throws SQLException {
    Path source = source("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY);
    List<Throwable> second = new ArrayList<>();

    ImportReport report =
        carry(
            source,
            i ->
                i.onProgress(
                    p -> {
                      if (second.isEmpty() && p.phase() == Phase.LOAD) {
                        try {
                          carry(source);
                        } catch (OutgrowException e) {
                          second.add(e);
                        }
                      }
                    }));

    assertThat(report.verified()).isTrue();
    assertThat(second).singleElement().isInstanceOf(UnavailableException.class);
  }

  @Test
  void whatIsCommittedToTheSourceMeanwhileIsNotSeen() throws SQLException {
    Path source =
        source("PRAGMA journal_mode = WAL", "CREATE TABLE t(id INTEGER PRIMARY KEY, v)", MANY);
    Map<String, List<String>> before = FileDump.of(source);
    try (Connection application = SqliteFiles.open(source)) {
      ImportReport report =
          carry(
              source,
              i ->
                  i.onProgress(
                      p -> {
                        try {
                          SqliteFiles.execute(
                              application,
                              "UPDATE t SET v = 'changed' WHERE id % 1000 = 1",
                              "DELETE FROM t WHERE id > 29000");
                        } catch (SQLException e) {
                          throw new IllegalStateException(e);
                        }
                      }));

      assertThat(report.verified()).isTrue();
      assertThat(FileDump.of(target())).isEqualTo(before);
    }
  }

  @Test
  void thePlanTellsTheStatements() throws SQLException {
    Path source = everything();
    try (Database database = Database.open(DatabaseUrl.sqlite(target()))) {
      assertThat(SqliteImport.from(source).into(database).plan().text())
          .contains("CREATE TABLE strict_one(a INT, b TEXT, c ANY) STRICT;")
          .contains("INSERT INTO main.\"child\" (\"rowid\", \"p\", \"v\") VALUES (?, ?, ?);")
          .contains("PRAGMA integrity_check;");
    }
    assertThat(FileDump.of(target()).get("schema")).isEmpty();
  }
}
