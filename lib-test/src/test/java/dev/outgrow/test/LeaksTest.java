package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a test leaves open fails that test and no other. */
@SuppressWarnings("MustBeClosedChecker")
class LeaksTest {
  /** Tests that are careless. */
  @EachBackend(chains = AppChains.class)
  static class Careless {
    @Test
    void forgetsAConnection(Database db) throws SQLException {
      Connection forgotten = db.dataSource().getConnection();
      Users.run(forgotten, "SELECT name FROM users WHERE name = 'a secret'");
    }

    @Test
    void leavesATransaction(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      Users.add(connection, 1, "a secret");
    }

    @Test
    void failsByItselfAndLeavesAConnection(Database db) {
      Connection forgotten = db.connection();
      throw new IllegalStateException("its own failure, before " + forgotten);
    }

    @Test
    void isCareful(Database db, Connection connection) throws SQLException {
      Users.add(connection, 1, "Ann");
      assertThat(Users.names(db)).containsExactly("Ann");
    }

    @Test
    void closesTheDatabase(Database db) {
      db.close();
    }
  }

  /** Tests that are careless with what only PostgreSQL has. */
  @PostgresTest(chains = AppChains.class)
  static class CarelessWithLocks {
    @SuppressWarnings("NullAway.Init")
    private static Database another;

    @AfterAll
    static void closeTheOtherPool() {
      another.close();
    }

    @Test
    void leavesALock(Database db) throws SQLException {
      try (Connection connection = db.connection()) {
        Users.run(connection, "SELECT pg_advisory_lock(42)");
      }
    }

    @Test
    void leavesASessionOfItsOwn(Database db) throws SQLException {
      Connection own = db.ownConnection();
      own.setAutoCommit(false);
      Users.run(own, "LOCK TABLE plays");
    }

    @Test
    void leavesASessionOfAnotherPool(Database db) throws SQLException {
      another = Database.open(db.url());
      Connection other = another.connection();
      Users.run(other, "SELECT 'a secret', 42");
    }
  }

  /** One database for both, and the first one is careless. */
  @SqliteTest(chains = AppChains.class, lifetime = Lifetime.CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class CarelessWithAShared {
    @Test
    @Order(1)
    void leavesATransaction(Database db) throws SQLException {
      Connection forgotten = db.connection();
      forgotten.setAutoCommit(false);
      Users.add(forgotten, 1, "never committed");
    }

    @Test
    @Order(2)
    void isNotHeldUp(Database db) {
      Users.add(db, 1, "Ann");
      assertThat(Users.names(db)).containsExactly("Ann");
    }
  }

  private static final List<String> CARELESS =
      List.of("forgetsAConnection", "leavesATransaction", "failsByItselfAndLeavesAConnection");

  @Test
  void namesWhereAConnectionWasBorrowedOnBothBackends() {
    Launched run = Launched.run(Careless.class);

    assertThat(run.outcomes()).hasSize(10);
    assertThat(run.outcomes())
        .allSatisfy(
            outcome ->
                assertThat(outcome.passed())
                    .as(outcome.toString())
                    .isEqualTo(CARELESS.stream().noneMatch(outcome.name()::startsWith)));
    for (Launched.Outcome outcome : run.outcomes()) {
      if (outcome.name().startsWith("forgets")) {
        assertThat(outcome.failure())
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("a connection borrowed by")
            .hasMessageContaining("Careless.forgetsAConnection(LeaksTest.java:");
        assertThat(outcome.failure().getSuppressed()[0].getStackTrace()[0].getMethodName())
            .isEqualTo("forgetsAConnection");
      }
    }
    assertThat(run.outcomes().toString()).doesNotContain("a secret");
  }

  @Test
  void tellsTheTestsOwnFailureFirst() {
    Throwable failure = Launched.run(Careless.class).of("failsByItself").failure();

    assertThat(failure).hasMessageContaining("its own failure");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(leak -> assertThat(leak).hasMessageContaining("a connection borrowed by"));
  }

  @Test
  void namesTransactionsLocksAndStrangers() {
    Launched careless = Launched.run(Careless.class);
    Launched run = Launched.run(CarelessWithLocks.class);

    assertThat(careless.outcomes())
        .filteredOn(outcome -> outcome.name().startsWith("leavesATransaction"))
        .hasSize(2)
        .anySatisfy(
            outcome ->
                assertThat(outcome.failure())
                    .hasMessageContaining("idle in transaction")
                    .hasMessageContaining("locks on")
                    .hasMessageContaining("INSERT INTO users"))
        .anySatisfy(
            outcome ->
                assertThat(outcome.failure())
                    .hasMessageContaining("a transaction that writes and has not ended"));
    assertThat(run.message("leavesALock")).contains("given back", "1 advisory lock");
    assertThat(run.message("leavesASessionOfItsOwn")).contains("idle in transaction", "plays");
    assertThat(run.message("leavesASessionOfAnotherPool"))
        .contains("a session of outgrow", "SELECT …, …")
        .doesNotContain("a secret");
  }

  @Test
  void takesBackWhatHoldsUpTheNextTestOfAClass() {
    Launched run = Launched.run(CarelessWithAShared.class);

    assertThat(run.message("leavesATransaction")).contains("a connection borrowed by");
    assertThat(run.of("isNotHeldUp").passed()).as(run.outcomes().toString()).isTrue();
  }
}
