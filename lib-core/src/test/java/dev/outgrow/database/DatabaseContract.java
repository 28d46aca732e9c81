package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.error.UnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database promises on both backends alike. */
abstract class DatabaseContract {
  private Database database;
  private DatabaseUrl url;

  /** The URL of a database that nobody else uses. */
  abstract DatabaseUrl freshUrl() throws Exception;

  /** SQL that ends the transaction behind the library's back. */
  abstract String sqlThatEndsTheTransaction();

  @BeforeEach
  void openADatabaseWithATable() throws Exception {
    url = freshUrl();
    database = openContract(url);
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)");
  }

  /** Opens the database that is tested. */
  Database openContract(DatabaseUrl place) throws Exception {
    return Database.open(place);
  }

  @AfterEach
  void closeIt() {
    database.close();
  }

  Database database() {
    return database;
  }

  @Test
  void commitsWhenTheWorkReturns() {
    database.inTransaction(tx -> insert(tx, 1));

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void handsBackWhatTheWorkReturns() {
    assertThat(database.<String>transaction(tx -> "written")).isEqualTo("written");
  }

  @Test
  void rollsBackAndRethrowsWhateverTheWorkThrows() {
    for (Throwable each : List.of(new IllegalStateException("mine"), new AssertionError("mine"))) {
      Throwable thrown =
          catchThrowable(
              () ->
                  database.inTransaction(
                      tx -> {
                        insert(tx, 1);
                        throwUnchecked(each);
                      }));

      assertThat(thrown).isSameAs(each);
      assertThat(thrown.getSuppressed()).isEmpty();
      assertThat(rows()).isZero();
    }
  }

  @Test
  void rollsBackABatchThatFailsInItsMiddle() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () ->
                database.inTransaction(
                    tx -> {
                      try (PreparedStatement insert =
                          tx.connection().prepareStatement("INSERT INTO t (id) VALUES (?)")) {
                        for (int id : new int[] {1, 2, 2, 3}) {
                          insert.setInt(1, id);
                          insert.addBatch();
                        }
                        insert.executeBatch();
                      }
                    }));

    assertThat(rows()).isZero();
  }

  @Test
  void translatesWhatTheDatabaseRefuses() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> database.inTransaction(tx -> execute(tx, "SELECT * FROM nowhere")))
        .withMessageContaining("nowhere")
        .withCauseInstanceOf(SQLException.class);
  }

  @Test
  void worksOnAfterMoreFailuresThanItHasConnections() throws Exception {
    try (Database small = open(config -> config.minimumPoolSize(0).maximumPoolSize(2).readers(2))) {
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> small.inTransaction(tx -> execute(tx, "nonsense")))
            .isInstanceOf(OutgrowException.class);
        assertThatThrownBy(() -> small.read(tx -> execute(tx, "nonsense")))
            .isInstanceOf(OutgrowException.class);
      }

      assertThat(small.<Integer>transaction(tx -> 1)).isEqualTo(1);
      assertThat(small.<Integer>read(tx -> 2)).isEqualTo(2);
    }
  }

  @Test
  void refusesToEndATransactionFromInside() {
    assertRefused(Connection::commit);
    assertRefused(Connection::rollback);
    assertRefused(Connection::close);
    assertRefused(connection -> connection.setAutoCommit(true));
    assertRefused(connection -> connection.abort(Runnable::run));
  }

  private void assertRefused(ConnectionUse use) {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () ->
                database.inTransaction(
                    tx -> {
                      insert(tx, 1);
                      use.on(tx.connection());
                    }))
        .withMessageContaining("returning commits, throwing rolls back");
    assertThat(rows()).isZero();
  }

  @Test
  void goesBackToASavepoint() {
    database.inTransaction(
        tx -> {
          insert(tx, 1);
          Savepoint savepoint = tx.connection().setSavepoint("s");
          insert(tx, 2);
          tx.connection().rollback(savepoint);
        });
    database.inTransaction(tx -> insert(tx, 3));

    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void keepsAConnectionOnlyAsLongAsItsTransaction() throws Exception {
    Connection kept =
        database.transaction(
            tx -> {
              assertThat(tx.connection().getAutoCommit()).isFalse();
              assertThat(tx.connection().isClosed()).isFalse();
              return tx.connection();
            });

    assertThat(kept.isClosed()).isTrue();
    assertThatThrownBy(kept::createStatement)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("over");
  }

  @Test
  void keepsTheFailureOfARollbackBesideItsReason() {
    Throwable thrown =
        catchThrowable(
            () ->
                database.inTransaction(
                    tx -> {
                      endBehindTheBack(tx);
                      throw new IllegalStateException("the reason");
                    }));

    assertThat(thrown).hasMessage("the reason");
    assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(SQLException.class).hasSize(1);
    database.inTransaction(tx -> insert(tx, 1));
    assertThat(rows()).isEqualTo(1);
  }

  private void endBehindTheBack(Transaction tx) {
    assertThatCode(() -> execute(tx, sqlThatEndsTheTransaction()))
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).isNull(),
            thrown -> assertThat(thrown).isInstanceOf(SQLException.class));
  }

  @Test
  void cannotWriteWhileReading() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(() -> database.read(tx -> execute(tx, "INSERT INTO t (id) VALUES (1)")));

    assertThat(rows()).isZero();
  }

  @Test
  void readsOneSnapshotWhileOthersWrite() {
    List<Integer> seen =
        database.read(
            tx -> {
              int before = count(tx);
              database.inTransaction(other -> insert(other, 1));
              return List.of(before, count(tx));
            });

    assertThat(seen).containsExactly(0, 0);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void lendsAConnectionThatCommitsByItself() throws Exception {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement()) {
      assertThat(connection.getAutoCommit()).isTrue();
      statement.execute("INSERT INTO t (id) VALUES (1)");
    }

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void isADataSourceThatGivesNothingAwayOfThePool() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(database.dataSource().isWrapperFor(AutoCloseable.class)).isFalse();
    assertThatThrownBy(() -> database.dataSource().unwrap(AutoCloseable.class))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> database.dataSource().getConnection("other", "password"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void saysHowManyAreInUseWhenNoConnectionComesFree() throws Exception {
    try (Database small =
        open(
            config ->
                config
                    .minimumPoolSize(0)
                    .maximumPoolSize(1)
                    .acquisitionTimeout(Duration.ofMillis(250)))) {
      try (Connection only = small.connection()) {
        assertThat(only.isClosed()).isFalse();
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(small::connection)
            .withMessageContaining("1 of 1 in use")
            .withMessageContaining("PT0.25S");
      }
      small.connection().close();
    }
  }

  @Test
  void keepsTheWritesOfManyThreadsApart() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int id = i;
        work.add(threads.submit(() -> database.inTransaction(tx -> insert(tx, id))));
        work.add(threads.submit(this::rows));
      }
      for (Future<?> each : work) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(rows()).isEqualTo(40);
  }

  @Test
  void isReadyAtOnceWhenItAnswers() {
    database.awaitReady(Duration.ZERO);

    assertThat(rows()).isZero();
  }

  @Test
  void lendsNothingOnceItIsClosed() {
    database.close();
    database.close();

    assertThatExceptionOfType(UnavailableException.class).isThrownBy(database::connection);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> database.inTransaction(tx -> insert(tx, 1)));
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> database.read(tx -> 1));
  }

  @Test
  void saysWhatItIsInOneLine() {
    assertThat(database.describe())
        .startsWith(database.backend().title() + " ")
        .contains(database.url().toString())
        .hasLineCount(1);
    assertThat(database).hasToString(database.describe());
  }

  Database open(UnaryOperator<DatabaseConfig.Builder> settings) {
    return Database.open(settings.apply(DatabaseConfig.builder(url)).build());
  }

  void run(String sql) {
    database.inTransaction(tx -> execute(tx, sql));
  }

  int rows() {
    return database.read(DatabaseContract::count);
  }

  static void insert(Transaction tx, int id) throws SQLException {
    execute(tx, "INSERT INTO t (id) VALUES (" + id + ")");
  }

  static boolean execute(Transaction tx, String sql) throws SQLException {
    try (Statement statement = tx.connection().createStatement()) {
      return statement.execute(sql);
    }
  }

  private static int count(Transaction tx) throws SQLException {
    return Integer.parseInt(text(tx, "SELECT count(*) FROM t"));
  }

  /** The one value that a query gives. */
  static String text(Transaction tx, String sql) throws SQLException {
    return text(tx.connection(), sql);
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }

  private static void throwUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  static ThrowingCallable opening(DatabaseUrl url) {
    return () -> Database.open(url).close();
  }

  private interface ConnectionUse {
    void on(Connection connection) throws SQLException;
  }
}
