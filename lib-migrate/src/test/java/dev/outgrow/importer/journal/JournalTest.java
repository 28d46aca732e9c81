package dev.outgrow.importer.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.importer.fixture.SharedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal gives back what was written, and is in nobody's way. */
class JournalTest {
  private Database database;

  @BeforeEach
  void createDatabase() {
    database = SharedServer.create();
  }

  @AfterEach
  void dropDatabase() {
    SharedServer.drop(database);
  }

  private static JournalImport begun(String id) {
    return new JournalImport(
        id, "pub\"lic", "outgrow_staging_" + id, "b", "r", "create", "/a b/'x.db", "f", "a=1\nb=2");
  }

  private static final JournalTable TABLE =
      new JournalTable(
          "t'\"",
          "T",
          "def",
          "WHOLE",
          3,
          40,
          "00ff",
          List.of("a,\"b", "{}"),
          List.of(new JournalTable.Reason("t.a", "why, \\ \"")),
          false);

  private static void execute(Connection connection, String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    }
  }

  @Test
  void itGivesBackWhatWasWritten() throws SQLException {
    try (Connection connection = database.connection()) {
      Journal journal = Journal.open(connection).orElseThrow();
      journal.begin(begun("1"));
      journal.plan("1", "p");
      journal.loaded("1", TABLE);
      journal.did("1", "index");
      assertThat(journal.tables("1")).containsExactly(TABLE);
      assertThat(journal.steps("1")).containsExactly("index");
      JournalEntry entry = journal.entry("1").orElseThrow();
      assertThat(entry.begun()).isEqualTo(begun("1"));
      assertThat(entry.plan()).isEqualTo("p");
      assertThat(entry.state()).isEqualTo(JournalState.LOADING);
      assertThat(entry.ended()).isNull();
      assertThat(entry.swapped()).isNull();
      assertThat(entry.program())
          .contains("of user postgres, from 127.0.0.1, process " + ProcessHandle.current().pid());
      journal.verified("1");
      assertThat(journal.tables("1").get(0).verified()).isTrue();
      journal.swapped("1", "{\"in\": [\"T\"]}");
      JournalEntry swapped = journal.entry("1").orElseThrow();
      assertThat(swapped.state()).isEqualTo(JournalState.SWAPPED);
      assertThat(swapped.swapped()).isEqualTo("{\"in\": [\"T\"]}");
      assertThat(swapped.ended()).isAfterOrEqualTo(swapped.started());
      journal.dropped("1", "t'\"");
      assertThat(journal.tables("1")).isEmpty();
      journal.dropped("1");
      assertThat(journal.steps("1")).isEmpty();
      assertThat(Journal.find(connection).orElseThrow().entries()).containsExactly(swapped);
    }
  }

  @Test
  void lookingForItMakesNothing() throws SQLException {
    try (Connection connection = database.connection()) {
      assertThat(Journal.find(connection)).isEmpty();
      assertThat(Journal.find(connection)).isEmpty();
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(Journal.open(connection)).isPresent();
    }
  }

  @Test
  void severalSessionsMakeItAtOnce() throws Exception {
    int sessions = 6;
    CyclicBarrier barrier = new CyclicBarrier(sessions);
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        tasks.add(
            () -> {
              try (Connection connection = database.connection()) {
                barrier.await();
                return Journal.open(connection).isPresent();
              }
            });
      }
      for (Future<Boolean> made : threads.invokeAll(tasks)) {
        assertThat(made.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatIsRolledBackWasNeverWritten() throws SQLException {
    try (Connection connection = database.connection()) {
      Journal journal = Journal.open(connection).orElseThrow();
      journal.begin(begun("1"));
      connection.setAutoCommit(false);
      journal.swapped("1", "{}");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(journal.entry("1").orElseThrow().state()).isEqualTo(JournalState.LOADING);
    }
  }

  @Test
  void fiftyEndedImportsAreKeptAndAllThatCanBeBroughtBack() throws SQLException {
    try (Connection connection = database.connection()) {
      Journal journal = Journal.open(connection).orElseThrow();
      journal.begin(begun("swapped"));
      journal.swapped("swapped", "{}");
      journal.begin(begun("under way"));
      for (int i = 0; i < 60; i++) {
        journal.begin(begun("failed " + i));
        journal.state("failed " + i, JournalState.FAILED, "");
      }
      journal.begin(begun("last"));
      assertThat(journal.entries()).hasSize(53);
      assertThat(journal.entry("swapped")).isPresent();
      assertThat(journal.entry("under way")).isPresent();
      assertThat(journal.entry("failed 9")).isEmpty();
      assertThat(journal.entry("failed 10")).isPresent();
    }
  }

  @Test
  void whoMayNotUseItGoesWithout() throws SQLException {
    try (Connection connection = database.connection()) {
      execute(connection, "CREATE ROLE journalless", "SET ROLE journalless");
      Optional<Journal> notMade = Journal.open(connection);
      execute(connection, "RESET ROLE");
      assertThat(notMade).isEmpty();
      assertThat(Journal.open(connection)).isPresent();
      execute(connection, "SET ROLE journalless");
      assertThat(Journal.open(connection)).isEmpty();
      assertThat(connection.getAutoCommit()).isTrue();
      execute(connection, "RESET ROLE", "DROP ROLE journalless");
    }
  }

  @Test
  void somebodyElsesTableOfThisNameIsLeftAlone() throws SQLException {
    try (Connection connection = database.connection()) {
      execute(
          connection,
          "CREATE SCHEMA outgrow",
          "CREATE TABLE outgrow.import_journal (n int)",
          "CREATE TABLE outgrow.import_journal_table (n int)",
          "CREATE TABLE outgrow.import_journal_step (n int)");
      assertThat(Journal.open(connection)).isEmpty();
    }
  }
}
