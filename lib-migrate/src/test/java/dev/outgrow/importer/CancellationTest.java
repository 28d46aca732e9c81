package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.plan.Phase;
import dev.outgrow.importer.progress.Progress;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.sqlite.SqliteSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Imports that somebody stops from another thread, wherever they are. */
class CancellationTest extends PostgresFixture {
  /** More than a second: this machine may have other things to do. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String ROWS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
          + " INSERT INTO t SELECT i, 'row ' || i FROM n";

  @TempDir private Path folder;

  private final Cancellation cancellation = new Cancellation();

  @ParameterizedTest
  @EnumSource(Phase.class)
  void endsInEveryPhaseAndLeavesNothing(Phase phase) throws Exception {
    SqliteImport stopped =
        SqliteImport.from(keyed())
            .into(database)
            .keepLoaded(false)
            .cancelledBy(cancellation)
            .onProgress(
                p -> {
                  if (p.phase() == phase) {
                    cancellation.cancel();
                  }
                });

    assertCancelled(stopped::run);
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT count(*) FROM pg_class WHERE relname = 't'")).containsExactly("0");
    assertThat(SqliteImport.from(keyed()).into(database).run().verified()).isTrue();
  }

  @Test
  void wakesTheServerFromWhatItDoes() throws Exception {
    execute("CREATE TABLE held(i int)", "INSERT INTO held VALUES (1)");
    SqliteImport waiting =
        SqliteImport.from(keyed())
            .into(database)
            .replace(true)
            .keepLoaded(false)
            .cancelledBy(cancellation);

    ExecutorService aside = Executors.newSingleThreadExecutor();
    try (Connection other = database.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE"); // the swap waits for it
      Future<?> running = aside.submit(waiting::run);
      untilSomebodyWaits();
      long asked = System.nanoTime();
      cancellation.cancel();

      assertThat(failureOf(running)).isInstanceOf(CancelledException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(SOON);
      other.rollback();
      other.setAutoCommit(true);
    } finally {
      aside.shutdownNow();
    }
    assertThat(schemas()).containsExactly("public");
    assertThat(query("SELECT i FROM held")).containsExactly("1");
  }

  /** The lock's time-out is 10 s; whoever waits longer was not woken. */
  private void untilSomebodyWaits() throws SQLException {
    long begun = System.nanoTime();
    while (query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void wakesSqliteFromWhatItDoes() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("slow.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)", ROWS);
    AtomicReference<Thread> runner = new AtomicReference<>();
    try (SqliteSource source = SqliteSource.open(file)) {
      source.contents();
      Thread waker =
          new Thread(
              () -> {
                while (runner.get() != null) {
                  source.interrupt();
                }
              });
      runner.set(waker);
      waker.start();
      try {
        assertThat(catchThrowable(() -> walk(source)))
            .isInstanceOf(SourceFileException.class)
            .hasMessageContaining("interrupt");
      } finally {
        runner.set(null);
        waker.join();
      }
    }
  }

  private static void walk(SqliteSource source) {
    while (true) {
      try (RowCursor rows = source.rows("t")) {
        while (rows.next()) {
          assertThat(rows.row().columns()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void endsAtOnceWhatIsBegunAfterwards() throws SQLException {
    Path file = keyed();
    cancellation.cancel();

    SqliteImport late = SqliteImport.from(file).into(database).cancelledBy(cancellation);
    assertCancelled(late::run);
    assertCancelled(late::inspect);
    assertCancelled(late::plan);
    assertCancelled(late::verify);
    assertThat(schemas()).containsExactly("public");
  }

  @Test
  void isTooLateWhenEverythingIsInItsPlace() throws SQLException {
    SqliteImport.from(keyed())
        .into(database)
        .cancelledBy(cancellation)
        .onProgress(
            p -> {
              if (p.phase() == Phase.SWAP && p.event() == Progress.Event.PHASE_ENDS) {
                cancellation.cancel();
              }
            })
        .run();

    assertThat(query("SELECT count(*) FROM t")).containsExactly("60000");
  }

  @Test
  void stopsAVerificationToo() throws SQLException {
    Path file = keyed();
    SqliteImport.from(file).into(database).run();

    SqliteImport stopped =
        SqliteImport.from(file)
            .into(database)
            .cancelledBy(cancellation)
            .onProgress(
                p -> {
                  if (p.phase() == Phase.VERIFY && p.tableRows() >= 10_000) {
                    cancellation.cancel();
                  }
                });
    assertCancelled(stopped::verify);
    assertThat(query("SELECT count(*) FROM t")).containsExactly("60000");
    assertThat(SqliteImport.from(file).into(database).verify().verified()).isTrue();
  }

  private Path keyed() throws SQLException {
    return SqliteFiles.make(
        folder.resolve("rows" + System.nanoTime() + ".db"),
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)",
        "CREATE TABLE u(id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id))",
        "CREATE INDEX i ON t(v)",
        "INSERT INTO u VALUES (1, 7)",
        ROWS);
  }

  private static void assertCancelled(Callable<?> run) {
    assertThat(catchThrowable(run::call))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("cancelled in its phase");
  }

  private static Throwable failureOf(Future<?> running) throws InterruptedException {
    Throwable failure = catchThrowable(() -> running.get(60, TimeUnit.SECONDS));
    return failure.getCause() == null ? failure : failure.getCause();
  }
}
