package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads on one file, and what stands in the file when it is closed. */
@Timeout(120)
@Tag("slow")
class SqliteLoadTest {
  private static final int THREADS = 64;
  private static final long SECONDS = Boolean.getBoolean("outgrow.exhaustive") ? 20 : 3;

  private final Path file;

  SqliteLoadTest(@TempDir Path folder) {
    this.file = folder.resolve("load.db");
  }

  @Test
  void losesNoUpdateOf64ThreadsAndNeverSaysThatItIsBusy() throws Exception {
    AtomicLong added = new AtomicLong();
    AtomicLong reads = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Database database = Database.open(DatabaseUrl.sqlite(file))) {
      createCounter(database);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        boolean writes = i % 2 == 0;
        work.add(
            threads.submit(
                () -> {
                  for (long seen = 0; System.nanoTime() < end; ) {
                    if (writes) {
                      readThenAdd(database);
                      added.incrementAndGet();
                    } else {
                      seen = requireNoneLost(seen, counter(database));
                      reads.incrementAndGet();
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : work) {
        each.get(); // throws what the caller was told
      }
      assertThat(counter(database)).isEqualTo(added.get());
    } finally {
      threads.shutdownNow();
    }
    assertThat(added.get()).isGreaterThan(100);
    assertThat(reads.get()).isGreaterThan(100);
  }

  private static void createCounter(Database database) {
    database.inTransaction(
        tx -> {
          DatabaseContract.execute(tx, "CREATE TABLE counter (n INTEGER NOT NULL)");
          DatabaseContract.execute(tx, "INSERT INTO counter VALUES (0)");
        });
  }

  /** In two statements: with a lock taken late, the second could come too late. */
  private static void readThenAdd(Database database) {
    database.inTransaction(
        tx -> {
          long before = Long.parseLong(DatabaseContract.text(tx, "SELECT n FROM counter"));
          DatabaseContract.execute(tx, "UPDATE counter SET n = " + (before + 1));
        });
  }

  private static long counter(Database database) {
    return Long.parseLong(
        database.<String>read(tx -> DatabaseContract.text(tx, "SELECT n FROM counter")));
  }

  private static long requireNoneLost(long before, long after) {
    assertThat(after).isGreaterThanOrEqualTo(before);
    return after;
  }

  @Test
  void bringsTheLogIntoTheFileWhenItIsClosedWhoeverElseHasItOpen() throws Exception {
    Path log = file.resolveSibling("load.db-wal");
    Database database = Database.open(DatabaseUrl.sqlite(file));
    createCounter(database);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      assertThat(count(other)).isEqualTo(1);
      assertThat(log).isNotEmptyFile();

      database.close();

      assertThat(log).isEmptyFile();
      Path copy = Files.copy(file, file.resolveSibling("copy.db"));
      try (Connection alone = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
        assertThat(count(alone)).isEqualTo(1);
      }
    }
  }

  @Test
  void leavesTheLogToAnotherProgramThatStillReadsIt() throws Exception {
    Database database = Database.open(DatabaseUrl.sqlite(file));
    createCounter(database);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN");
      assertThat(count(other)).isEqualTo(1);
      database.inTransaction(tx -> DatabaseContract.execute(tx, "DELETE FROM counter"));

      database.close();

      assertThat(count(other)).isEqualTo(1);
      statement.execute("COMMIT");
      assertThat(count(other)).isZero();
    }
  }

  @Test
  void leavesTheFileAloneWhenNobodyElseHasItOpen() {
    Database database = Database.open(DatabaseUrl.sqlite(file));
    createCounter(database);
    database.close();
    database.close();

    assertThat(file.getParent()).isDirectoryContaining(file::equals);
    assertThat(file.resolveSibling("load.db-wal")).doesNotExist();
    assertThat(file.resolveSibling("load.db-shm")).doesNotExist();
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT count(*) FROM counter")) {
      answer.next();
      return answer.getInt(1);
    }
  }
}
