package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.fixture.WritingProcess;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress.Event;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Another process adds and takes away rows all the time. Whatever it does meanwhile, what arrives
 * is the file at one moment between two of its transactions.
 */
@Tag("slow")
class WritingApplicationTest extends PostgresFixture {
  private static final int IMPORTS = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"WAL", "DELETE", "TRUNCATE"})
  void everyImportIsOneMomentOfTheFile(String mode) throws Exception {
    Path file = make(mode);
    List<Long> moments = new ArrayList<>();
    try (WritingProcess application = WritingProcess.start(file)) {
      for (int i = 0; i < IMPORTS; i++) {
        ImportReport report = SqliteImport.from(file).into(database).schema("moment").run();

        assertThat(report.verified()).isTrue();
        assertThat(application.isWriting()).isTrue();
        long moment = moment();
        moments.add(moment);
        execute("DROP SCHEMA moment CASCADE");
        awaitLaterThan(moment, file, application);
      }
    }
    assertThat(moments).doesNotHaveDuplicates().isSorted();
    assertThat(moments.get(0)).isGreaterThanOrEqualTo(400);
  }

  /** Whoever writes waits for readers, and may not have had a turn between two of them. */
  private static void awaitLaterThan(long moment, Path file, WritingProcess application)
      throws SQLException {
    try (Connection connection = SqliteFiles.open(file);
        Statement statement = connection.createStatement()) {
      long now = moment;
      while (now == moment) {
        assertThat(application.isWriting()).isTrue();
        try (ResultSet row = statement.executeQuery("SELECT n FROM counter")) {
          now = row.getLong(1);
        }
      }
    }
  }

  /** Commits between the first look at the file and the first row that is loaded are not seen. */
  @Test
  void whatIsCommittedWhileItRunsIsNotSeen() throws Exception {
    Path file = make("WAL");
    try (Connection application = SqliteFiles.open(file)) {
      ImportReport report =
          SqliteImport.from(file)
              .into(database)
              .schema("moment")
              .onProgress(
                  p -> {
                    if (p.event() == Event.PHASE_BEGINS) {
                      change(application, p.phase());
                    }
                  })
              .run();

      assertThat(report.verified()).isTrue();
    }
    assertThat(query("SELECT n FROM moment.counter")).containsExactly("0");
    assertThat(query("SELECT count(*) FROM pg_tables WHERE schemaname = 'moment'"))
        .containsExactly("3");
    try (Connection application = SqliteFiles.open(file);
        Statement statement = application.createStatement();
        ResultSet row = statement.executeQuery("SELECT n, x FROM counter")) {
      assertThat(row.getInt(1)).isGreaterThan(3);
    }
  }

  private static void change(Connection application, Phase phase) {
    try {
      SqliteFiles.execute(
          application,
          "UPDATE counter SET n = n + 1",
          "CREATE TABLE new_" + phase.name() + "(v)",
          "INSERT INTO transfers(n) VALUES (1)");
      if (phase == Phase.LOAD) {
        SqliteFiles.execute(
            application,
            "ALTER TABLE counter ADD COLUMN x",
            "ALTER TABLE entries DROP COLUMN amount");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A crash leaves the newest rows in the log alone; they arrive, and it stays as it is. */
  @Test
  void whatAKilledApplicationLeftIsCarriedAndNotTouched() throws Exception {
    Path file = make("WAL");
    WritingProcess.start(file).kill();
    Map<String, byte[]> before = contents();

    ImportReport report = SqliteImport.from(file).into(database).schema("moment").run();

    assertThat(report.verified()).isTrue();
    assertThat(moment()).isGreaterThanOrEqualTo(400);
    Map<String, byte[]> after = contents();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.get("application.db")).isEqualTo(before.get("application.db"));
    assertThat(after.get("application.db-wal")).isEqualTo(before.get("application.db-wal"));
  }

  private Path make(String mode) throws SQLException {
    Path file = folder.resolve("application.db");
    try (Connection connection = SqliteFiles.open(file)) {
      SqliteFiles.execute(connection, "PRAGMA journal_mode = " + mode);
      SqliteFiles.execute(connection, WritingProcess.tables());
    }
    return file;
  }

  /** Returns how many transactions there had been, after asking whether all that says so agrees. */
  private long moment() throws SQLException {
    assertThat(
            query(
                "SELECT coalesce(sum(amount), 0), count(*) = 2 * (SELECT count(*) FROM moment.transfers) FROM moment.entries"))
        .containsExactly("0|t");
    assertThat(
            query(
                "SELECT 1 FROM moment.entries GROUP BY transfer HAVING count(*) <> 2 OR sum(amount) <> 0"))
        .isEmpty();
    List<String> counted =
        query("SELECT n, n = (SELECT max(n) FROM moment.transfers) FROM moment.counter");
    assertThat(counted).singleElement().asString().endsWith("|t");
    return Long.parseLong(counted.get(0).replace("|t", ""));
  }

  private Map<String, byte[]> contents() throws Exception {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
