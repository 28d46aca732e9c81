package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.TargetException;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.plan.ImportNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A swap waits a short time for those who use the target, lets them go on, and tries again. */
class SwapLockTest {
  private static final ImportNames NAMES = ImportNames.of("app", "1");
  private static final LockPatience SHORT = new LockPatience(Duration.ofMillis(100), 2);
  private static final LockPatience LONG = new LockPatience(Duration.ofMillis(200), 1_000);

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = TestDatabase.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void make() throws SQLException {
    server.execute(
        "CREATE SCHEMA app",
        "CREATE TABLE app.a (old int)",
        "CREATE TABLE app.b (old int)",
        "CREATE SEQUENCE app.free",
        "CREATE SCHEMA outgrow_staging_1",
        "CREATE TABLE outgrow_staging_1.a (fresh int)",
        "CREATE TABLE outgrow_staging_1.b (fresh int)");
  }

  @AfterEach
  void clear() throws SQLException {
    server.execute(
        "DROP SCHEMA IF EXISTS app CASCADE",
        "DROP SCHEMA IF EXISTS app_before_1 CASCADE",
        "DROP SCHEMA IF EXISTS outgrow_staging_1 CASCADE");
  }

  @Test
  void whoeverKeepsATableIsNamedAndNothingIsChanged() throws SQLException {
    try (Connection other = using("SELECT * FROM app.b")) {
      String pid = String.valueOf(TestDatabase.column(other, "SELECT pg_backend_pid()").get(0));

      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> swap(SHORT))
          .withMessageContaining("3 attempts of 100 ms")
          .withMessageContaining("pid " + pid + " (\"a reader\"")
          .withMessageContaining("idle in transaction since")
          .withMessageContaining("AccessShareLock on b")
          .withMessageContaining("SELECT pg_terminate_backend(" + pid + ")")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SELECT *"));
      other.rollback();
    }
    assertThat(columns()).containsExactly("a.old", "b.old");
    assertThat(texts("SELECT 1 FROM pg_namespace WHERE nspname = 'app_before_1'")).isEmpty();
  }

  @Test
  void aSchemaThatIsNotThereIsMadeWithoutALockOfWhatIsStaged() throws SQLException {
    server.execute("DROP SCHEMA app CASCADE");
    try (Connection other = using("SELECT * FROM outgrow_staging_1.a")) {
      swap(SHORT);
      other.rollback();
    }
    assertThat(columns()).containsExactly("a.fresh", "b.fresh");
  }

  @Test
  void aSequenceInUseIsWaitedForLikeATable() throws SQLException {
    try (Connection other = using("SELECT nextval('app.free')")) {
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> swap(SHORT))
          .withMessageContaining("on free");
      other.rollback();
    }
    assertThat(columns()).containsExactly("a.old", "b.old");
  }

  @Test
  void whoUsesATableMeanwhileGoesOnAndThenItIsSwapped() throws Exception {
    CompletableFuture<Void> swapping;
    try (Connection other = using("INSERT INTO app.b VALUES (1)")) {
      swapping = CompletableFuture.runAsync(() -> swap(LONG));
      await("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'app.b'::regclass");
      // Whoever comes now stands behind the swap, but not for long.
      assertThat(texts("SELECT count(*) FROM app.b")).containsExactly("0");
      assertThat(texts("SELECT count(*) FROM app.a")).containsExactly("0");
      assertThat(swapping).isNotDone();
      other.commit();
    }
    swapping.get(60, TimeUnit.SECONDS);

    assertThat(columns()).containsExactly("a.fresh", "b.fresh");
    assertThat(texts("SELECT old FROM app_before_1.b")).containsExactly("1");
  }

  @Test
  void whoTakesTheTablesTheOtherWayRoundLosesNothing() throws Exception {
    CompletableFuture<Void> swapping;
    try (Connection other = using("INSERT INTO app.b VALUES (1)")) {
      swapping =
          CompletableFuture.runAsync(() -> swap(new LockPatience(Duration.ofSeconds(5), 100)));
      await(
          "SELECT count(*) > 0 FROM pg_locks WHERE granted AND relation = 'app.a'::regclass"
              + " AND mode = 'AccessExclusiveLock'");
      // Each now waits for the other: the server ends one of them, or the swap's time is over.
      insertAgain(other);
    }
    swapping.get(60, TimeUnit.SECONDS);

    assertThat(columns()).containsExactly("a.fresh", "b.fresh");
  }

  private static void insertAgain(Connection other) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute("INSERT INTO app.a VALUES (2)");
      other.commit();
    } catch (SQLException e) {
      other.rollback();
      assertThat(e.getSQLState()).isEqualTo("40P01");
    }
  }

  @Test
  void whatIsMadeMeanwhileGoesAsideAsAWholeLikeTheRest() throws Exception {
    CompletableFuture<Void> swapping;
    try (Connection other =
        using("CREATE TABLE app.c (later int)", "INSERT INTO app.a VALUES (1)")) {
      swapping = CompletableFuture.runAsync(() -> swap(LONG));
      await("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'app.a'::regclass");
      other.commit();
    }
    swapping.get(60, TimeUnit.SECONDS);

    assertThat(columns()).containsExactly("a.fresh", "b.fresh");
    assertThat(texts("SELECT count(*) FROM app_before_1.c")).containsExactly("0");
    assertThat(texts("SELECT old FROM app_before_1.a")).containsExactly("1");
  }

  @Test
  void aSwapThatWaitsCanBeStopped() throws Exception {
    CompletableFuture<Void> swapping;
    try (Connection other = using("SELECT * FROM app.b");
        ImportTarget target = open(LONG)) {
      swapping = CompletableFuture.runAsync(() -> target.swap(true));
      await("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'app.b'::regclass");
      target.cancelStatement();
      assertThatThrownBy(() -> swapping.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(OutgrowException.class);
      other.rollback();
    }
    assertThat(columns()).containsExactly("a.old", "b.old");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new LockPatience(Duration.ofMillis(9), 1))
        .withMessageContaining("lockTimeout");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new LockPatience(Duration.ofMillis(10), -1))
        .withMessageContaining("lockRetries");
    assertThat(LONG.pause(1)).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
    assertThat(LONG.pause(900)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  private static Connection using(String... statements) throws SQLException {
    Connection other = server.connection();
    other.setAutoCommit(false);
    try (Statement statement = other.createStatement()) {
      statement.execute("SET LOCAL application_name = 'a reader'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return other;
  }

  private static void await(String question) throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!texts(question).equals(List.of("t"))) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static ImportTarget open(LockPatience patience) {
    return ImportTarget.open(server.database(), NAMES, Buffers.DEFAULT, patience);
  }

  private static void swap(LockPatience patience) {
    try (ImportTarget target = open(patience)) {
      target.swap(true);
    }
  }

  private static List<String> columns() throws SQLException {
    return texts(
        "SELECT relname || '.' || attname FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0"
            + " WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' ORDER BY 1");
  }

  private static List<String> texts(String query) throws SQLException {
    return server.column(query).stream().map(String::valueOf).toList();
  }
}
