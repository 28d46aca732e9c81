package dev.outgrow.database;

import static dev.outgrow.database.DatabaseContract.execute;
import static dev.outgrow.database.DatabaseContract.insert;
import static dev.outgrow.database.DatabaseContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConflictException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import dev.outgrow.error.UnknownOutcomeException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Transactions where PostgreSQL has what SQLite has not: many writers, and a wire. */
@ExtendWith(SharedServer.class)
@Timeout(120)
class PostgresTransactionTest {
  private static final Retry PATIENT = Retry.of(10_000, Duration.ofMinutes(1));

  private final ScratchServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Database database;

  PostgresTransactionTest(ScratchServer server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    database = Database.open(server.createDatabase());
    run("CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0)");
    run("INSERT INTO t (id) VALUES (1), (2)");
  }

  @AfterEach
  void drop() {
    threads.shutdownNow();
    database.close();
    server.dropDatabase(database.url());
  }

  @Test
  void losesNoUpdateOfManyThreadsOnOneCounter() throws Exception {
    TransactionOptions serializable =
        TransactionOptions.builder().isolation(Isolation.SERIALIZABLE).retry(PATIENT).build();
    int each = Boolean.getBoolean("outgrow.exhaustive") ? 50 : 5;
    AtomicInteger attempts = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < 64; thread++) {
      work.add(
          threads.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  database.inTransaction(serializable, tx -> increment(tx, attempts));
                }
              }));
    }
    for (Future<?> future : work) {
      future.get();
    }

    assertThat(read("SELECT n FROM t WHERE id = 1")).isEqualTo(Integer.toString(64 * each));
    assertThat(attempts.get()).as("some lost and were done again").isGreaterThan(64 * each);
  }

  /** Reads first and writes what it computed: without isolation that loses updates. */
  private static void increment(Transaction tx, AtomicInteger attempts) throws SQLException {
    attempts.incrementAndGet();
    int n = Integer.parseInt(text(tx, "SELECT n FROM t WHERE id = 1"));
    execute(tx, "UPDATE t SET n = " + (n + 1) + " WHERE id = 1");
  }

  @Test
  void losesWhereAnotherChangedWhatItRead() {
    TransactionOptions snapshot =
        TransactionOptions.builder().isolation(Isolation.REPEATABLE_READ).build();

    ConflictException lost =
        catchThrowableOfType(
            ConflictException.class,
            () ->
                database.inTransaction(
                    snapshot,
                    tx -> {
                      text(tx, "SELECT n FROM t WHERE id = 1");
                      run("UPDATE t SET n = 7 WHERE id = 1");
                      execute(tx, "UPDATE t SET n = n + 1 WHERE id = 1");
                    }));

    assertThat(lost.sqlState()).isEqualTo("40001");
    assertThat(read("SELECT n FROM t WHERE id = 1")).isEqualTo("7");
  }

  @Test
  void doesAgainWhatWasTheVictimOfADeadlock() throws Exception {
    TransactionOptions retrying = TransactionOptions.builder().retry(PATIENT).build();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    List<Future<?>> work = new ArrayList<>();
    for (int first = 1; first <= 2; first++) {
      int one = first;
      work.add(
          threads.submit(
              () ->
                  database.inTransaction(
                      retrying,
                      tx -> {
                        execute(tx, "UPDATE t SET n = n + 1 WHERE id = " + one);
                        if (attempts.incrementAndGet() <= 2) {
                          await(bothHoldOne);
                        }
                        execute(tx, "UPDATE t SET n = n + 1 WHERE id = " + (3 - one));
                      })));
    }
    for (Future<?> future : work) {
      future.get();
    }

    assertThat(attempts).hasValue(3);
    assertThat(read("SELECT string_agg(n::text, ',') FROM t")).isEqualTo("2,2");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void neverDoesAgainWhatMayHaveBeenCommitted() {
    run(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
    run(
        "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION die()");
    TransactionOptions retrying = TransactionOptions.builder().retry(PATIENT).build();
    AtomicInteger attempts = new AtomicInteger();

    UnknownOutcomeException thrown =
        catchThrowableOfType(
            UnknownOutcomeException.class,
            () ->
                database.inTransaction(
                    retrying,
                    tx -> {
                      attempts.incrementAndGet();
                      insert(tx, 3);
                    }));

    assertThat(thrown).hasMessageContaining("no answer came").hasMessageContaining("Look whether");
    assertThat(attempts).hasValue(1);
    assertThat(read("SELECT count(*) FROM t")).isEqualTo("2");
  }

  @Test
  void doesAgainWhatLostWhileItWasCommitted() {
    run("CREATE SEQUENCE s");
    run(
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
            + " IF nextval(''s'') = 1 THEN RAISE EXCEPTION USING ERRCODE = ''40001''; END IF;"
            + " RETURN NULL; END'");
    run(
        "CREATE CONSTRAINT TRIGGER lose AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION lose()");
    TransactionOptions retrying = TransactionOptions.builder().retry(PATIENT).build();
    AtomicInteger attempts = new AtomicInteger();

    database.inTransaction(
        retrying,
        tx -> {
          attempts.incrementAndGet();
          insert(tx, 3);
        });

    assertThat(attempts).hasValue(2);
    assertThat(read("SELECT count(*) FROM t")).isEqualTo("3");
  }

  @Test
  void isCancelledWhereTheServersAdministratorStopsItsStatement() {
    TransactionOptions slow =
        TransactionOptions.builder().statementTimeout(Duration.ofHours(1)).build();
    for (TransactionOptions options : List.of(slow, TransactionOptions.defaults())) {
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(
              () ->
                  database.inTransaction(
                      options, tx -> execute(tx, "SELECT pg_cancel_backend(pg_backend_pid())")));
      assertThat(read("SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void tellsTheServersOwnTimeLimitFromBeingCancelled() {
    run("ALTER DATABASE " + database.url().database() + " SET statement_timeout = '50ms'");
    try (Database limited = Database.open(database.url())) {
      TimeLimitException late =
          catchThrowableOfType(
              TimeLimitException.class,
              () -> limited.inTransaction(tx -> execute(tx, "SELECT pg_sleep(60)")));

      assertThat(late.limit()).isEqualTo(Limit.STATEMENT);
      assertThat(limited.<String>read(tx -> text(tx, "SELECT 1"))).isEqualTo("1");
    }
  }

  @Test
  void tellsATransactionThatStoodIdleTooLong() throws Exception {
    run(
        "ALTER DATABASE "
            + database.url().database()
            + " SET idle_in_transaction_session_timeout = '50ms'");
    try (Database limited = Database.open(database.url())) {
      Throwable late =
          catchThrowable(
              () ->
                  limited.inTransaction(
                      tx -> {
                        String pid = text(tx, "SELECT pg_backend_pid()");
                        while (!"0"
                            .equals(
                                read("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid))) {
                          Thread.onSpinWait();
                        }
                        execute(tx, "SELECT 1");
                      }));

      assertThat(late)
          .isInstanceOfSatisfying(
              TimeLimitException.class, e -> assertThat(e.limit()).isEqualTo(Limit.TRANSACTION));
      assertThat(limited.<String>read(tx -> text(tx, "SELECT 1"))).isEqualTo("1");
    }
  }

  @Test
  void retriesWhatALibraryAboveWrappedInItsOwnException() {
    TransactionOptions retrying = TransactionOptions.builder().retry(PATIENT).build();
    AtomicInteger attempts = new AtomicInteger();

    String given =
        database.transaction(
            retrying,
            tx -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("of a library", new SQLException("x", "40001"));
              }
              return text(tx, "SELECT 'done'");
            });

    assertThat(given).isEqualTo("done");
    assertThat(attempts).hasValue(2);
  }

  private String read(String sql) {
    return database.read(tx -> text(tx, sql));
  }

  private void run(String sql) {
    database.inTransaction(tx -> execute(tx, sql));
  }
}
