package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.error.CancelledException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.TimeLimitException;
import dev.outgrow.error.TimeLimitException.Limit;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What transactions promise on both backends alike. */
@Timeout(120)
abstract class TransactionContract extends NestedContract {
  /** A query that both backends would be busy with for hours. */
  static final String ENDLESS =
      "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 0 FROM c) SELECT count(*) FROM c";

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endTheThreads() {
    threads.shutdownNow();
  }

  // --- options --------------------------------------------------------------------------------

  @Test
  void writesNothingWhereItOnlyReads() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () -> database().inTransaction(TransactionOptions.reading(), tx -> insert(tx, 1)));

    assertThat(rows()).isZero();
    database().inTransaction(tx -> insert(tx, 1));
  }

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void writesAndReadsWhateverTheIsolation(Isolation level) {
    for (boolean readOnly : List.of(false, true)) {
      TransactionOptions options =
          TransactionOptions.builder().isolation(level).readOnly(readOnly).build();

      assertThat(database().<String>transaction(options, tx -> text(tx, "SELECT count(*) FROM t")))
          .isEqualTo("0");
    }
    database()
        .inTransaction(TransactionOptions.builder().isolation(level).build(), tx -> insert(tx, 1));

    assertThat(rows()).isEqualTo(1);
  }

  // --- limits ---------------------------------------------------------------------------------

  @Test
  void stopsAStatementThatTakesTooLong() {
    for (boolean readOnly : List.of(false, true)) {
      TransactionOptions options =
          TransactionOptions.builder()
              .readOnly(readOnly)
              .statementTimeout(Duration.ofMillis(100))
              .build();

      TimeLimitException late =
          catchThrowableOfType(
              TimeLimitException.class,
              () -> database().inTransaction(options, tx -> text(tx, ENDLESS)));

      assertThat(late).isNotNull();
      assertThat(late.limit()).isEqualTo(Limit.STATEMENT);
      assertStillWorks();
    }
  }

  @Test
  void undoesWhatWasWrittenBeforeAStatementTookTooLong() {
    TransactionOptions options =
        TransactionOptions.builder().statementTimeout(Duration.ofMillis(100)).build();

    assertThatExceptionOfType(TimeLimitException.class)
        .isThrownBy(
            () ->
                database()
                    .inTransaction(
                        options,
                        tx -> {
                          insert(tx, 1);
                          execute(tx, "INSERT INTO t (id) SELECT 2 FROM (" + ENDLESS + ") s");
                        }));

    assertThat(rows()).isZero();
    assertStillWorks();
  }

  @Test
  void leavesTheLimitsToTheTransactionThatHasThem() {
    TransactionOptions brief =
        TransactionOptions.builder()
            .statementTimeout(Duration.ofMillis(50))
            .lockTimeout(Duration.ofMillis(50))
            .build();
    database().inTransaction(brief, tx -> insert(tx, 1));

    // Longer than 50 ms wherever it runs, and on the very connection if it is the only one.
    assertThat(
            database()
                .<String>transaction(
                    tx ->
                        text(
                            tx,
                            "WITH RECURSIVE c (x) AS"
                                + " (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000)"
                                + " SELECT count(*) FROM c")))
        .isEqualTo("1000000");
  }

  @Test
  void waitsForALockAsLongAsItIsTold() {
    TransactionOptions brief =
        TransactionOptions.builder().lockTimeout(Duration.ofMillis(50)).build();
    run("INSERT INTO t (id) VALUES (1)");
    try (Database other = open(config -> config)) {
      other.inTransaction(
          tx -> {
            execute(tx, "UPDATE t SET name = 'held'");
            TimeLimitException late =
                catchThrowableOfType(
                    TimeLimitException.class,
                    () -> database().inTransaction(brief, own -> execute(own, "DELETE FROM t")));
            assertThat(late).isNotNull();
            assertThat(late.limit()).isEqualTo(Limit.LOCK);
          });
    }

    assertThat(rows()).isEqualTo(1);
    database().inTransaction(brief, own -> execute(own, "DELETE FROM t"));
    assertStillWorks();
  }

  @Test
  void attemptsAgainWhenTheLockIsFree() throws Exception {
    TransactionOptions brief =
        TransactionOptions.builder().lockTimeout(Duration.ofMillis(50)).build();
    run("INSERT INTO t (id) VALUES (1)");
    CompletableFuture<Void> held = new CompletableFuture<>();
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    Future<?> holder = threads.submit(() -> hold(held, letGo));
    held.get();
    List<Duration> pauses = new ArrayList<>();
    Waiting waiting =
        new Waiting() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public double random() {
            return 0.5;
          }

          @Override
          public void pause(Duration time) {
            pauses.add(time);
            letGo.complete(null);
            assertThat(holder).succeedsWithin(Duration.ofSeconds(60));
          }
        };

    new Retrying(waiting)
        .run(
            Retry.of(2, Duration.ofMinutes(1)),
            () ->
                database()
                    .<Boolean>transaction(brief, tx -> execute(tx, "UPDATE t SET name = 'mine'")));

    assertThat(pauses).containsExactly(Duration.ofMillis(5));
    assertThat(database().<String>read(tx -> text(tx, "SELECT name FROM t"))).isEqualTo("mine");
  }

  private void hold(CompletableFuture<Void> held, CompletableFuture<Void> letGo) {
    database()
        .inTransaction(
            tx -> {
              execute(tx, "UPDATE t SET name = 'held'");
              held.complete(null);
              letGo.join();
            });
  }

  // --- cancel ---------------------------------------------------------------------------------

  @Test
  void isCancelledByAnotherThread() throws Exception {
    for (boolean readOnly : List.of(false, true)) {
      TransactionOptions options = TransactionOptions.builder().readOnly(readOnly).build();
      SynchronousQueue<Transaction> begun = new SynchronousQueue<>();
      Future<Throwable> runner =
          threads.submit(
              () ->
                  catchThrowable(
                      () ->
                          database()
                              .inTransaction(
                                  options,
                                  tx -> {
                                    offer(begun, tx);
                                    text(tx, ENDLESS);
                                  })));

      assertThat(begun.take().cancel()).isTrue();

      assertThat(runner.get()).isInstanceOf(CancelledException.class);
      assertStillWorks();
    }
  }

  @Test
  void isCancelledBetweenItsStatements() {
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(
            () ->
                database()
                    .inTransaction(
                        tx -> {
                          insert(tx, 1);
                          assertThat(tx.cancel()).isTrue();
                        }))
        .withMessageContaining("rolled back");

    assertThat(rows()).isZero();
    assertStillWorks();
  }

  @Test
  void writesNothingMoreOnceItIsCancelledHoweverItsWorkGoesOn() {
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(
            () ->
                database()
                    .inTransaction(
                        tx -> {
                          try (PreparedStatement insert =
                              tx.connection().prepareStatement("INSERT INTO t (id) VALUES (?)")) {
                            tx.cancel();
                            for (int id = 0; id < 100; id++) {
                              insert.setInt(1, id);
                              tryTo(insert);
                            }
                          }
                          throw new IllegalStateException("of the work");
                        }))
        .withCauseInstanceOf(IllegalStateException.class);

    assertThat(rows()).isZero();
    assertStillWorks();
  }

  private static void tryTo(PreparedStatement statement) {
    assertThat(catchThrowable(statement::executeUpdate))
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isNull(),
            thrown -> assertThat(thrown).isInstanceOf(SQLException.class));
  }

  @Test
  void cannotBeCancelledOnceItIsOver() {
    Transaction kept = database().transaction(tx -> tx);

    assertThat(kept.cancel()).isFalse();
    assertStillWorks();
  }

  @Test
  void isCancelledWhenItsThreadIsInterrupted() throws Exception {
    for (String sql : List.of(ENDLESS, "INSERT INTO t (id) SELECT 1 FROM (" + ENDLESS + ") s")) {
      CompletableFuture<Thread> thread = new CompletableFuture<>();
      SynchronousQueue<Transaction> begun = new SynchronousQueue<>();
      Future<Boolean> runner =
          threads.submit(
              () -> {
                thread.complete(Thread.currentThread());
                Throwable thrown =
                    catchThrowable(
                        () ->
                            database()
                                .inTransaction(
                                    tx -> {
                                      insert(tx, 9);
                                      offer(begun, tx);
                                      execute(tx, sql);
                                      text(tx, sql);
                                    }));
                assertThat(thrown).isInstanceOf(CancelledException.class);
                return Thread.interrupted();
              });
      begun.take();

      thread.join().interrupt();

      assertThat(runner.get()).as("still interrupted").isTrue();
      assertThat(rows()).isZero();
      assertStillWorks();
    }
  }

  @Test
  void isNotBegunOnAnInterruptedThread() throws Exception {
    Future<Boolean> runner =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThatExceptionOfType(CancelledException.class)
                  .isThrownBy(() -> database().inTransaction(tx -> insert(tx, 1)));
              assertThatExceptionOfType(CancelledException.class)
                  .isThrownBy(() -> database().read(tx -> 1));
              return Thread.interrupted();
            });

    assertThat(runner.get()).isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void isNotCommittedOnAThreadThatWasInterrupted() throws Exception {
    Future<Throwable> runner =
        threads.submit(
            () ->
                catchThrowable(
                    () ->
                        database()
                            .inTransaction(
                                tx -> {
                                  insert(tx, 1);
                                  Thread.currentThread().interrupt();
                                })));

    assertThat(runner.get()).isInstanceOf(CancelledException.class);
    assertThat(rows()).isZero();
  }

  @Test
  void isCancelledWhileItWaitsForALock() throws Exception {
    run("INSERT INTO t (id) VALUES (1)");
    try (Database other = open(config -> config)) {
      CompletableFuture<Thread> waiting = new CompletableFuture<>();
      Future<Throwable> runner =
          other.transaction(
              tx -> {
                execute(tx, "UPDATE t SET name = 'held'");
                Future<Throwable> submitted =
                    threads.submit(
                        () -> {
                          waiting.complete(Thread.currentThread());
                          return catchThrowable(
                              () ->
                                  database()
                                      .inTransaction(
                                          own -> execute(own, "UPDATE t SET name = 'mine'")));
                        });
                waiting.join().interrupt();
                assertThat(submitted).succeedsWithin(Duration.ofSeconds(20));
                return submitted;
              });

      assertThat(runner.get()).isInstanceOf(CancelledException.class);
    }
    assertStillWorks();
  }

  void assertStillWorks() {
    assertThat(database().<String>transaction(tx -> text(tx, "SELECT 1"))).isEqualTo("1");
    assertThat(database().<String>read(tx -> text(tx, "SELECT 1"))).isEqualTo("1");
  }

  private static void offer(SynchronousQueue<Transaction> queue, Transaction tx) {
    try {
      queue.put(tx);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
