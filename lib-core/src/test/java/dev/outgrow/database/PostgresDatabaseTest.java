package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedServer.class)
class PostgresDatabaseTest extends TransactionContract {
  private final ScratchServer server;

  PostgresDatabaseTest(ScratchServer server) {
    this.server = server;
  }

  @Override
  DatabaseUrl freshUrl() {
    return server.createDatabase();
  }

  @Override
  String sqlThatEndsTheTransaction() {
    return "SELECT pg_terminate_backend(pg_backend_pid())";
  }

  @AfterEach
  void dropTheDatabase() {
    server.dropDatabase(database().url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kolkata", "America/New_York", "GMT+05:30"})
  void keepsItsSessionsInUtcWhateverTheZoneOfTheJvm(String zone) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (Database there = Database.open(database().url());
        Connection connection = there.dataSource().getConnection()) {
      assertThat(text(connection, "SHOW TimeZone")).isEqualTo("UTC");
      assertThat(there.<String>read(tx -> text(tx, "SHOW TimeZone"))).isEqualTo("UTC");
      assertThat(text(connection, "SELECT timestamptz '2026-01-01 00:00+00' :: text"))
          .isEqualTo("2026-01-01 00:00:00+00");
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void namesItsSessions() {
    String name = "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()";

    assertThat(database().<String>read(tx -> text(tx, name))).isEqualTo("outgrow");
    try (Database named = open(config -> config.applicationName("media server"))) {
      assertThat(named.<String>read(tx -> text(tx, name))).isEqualTo("media server");
    }
  }

  @Test
  void keepsTheLimitsOfStatementsLocksAndIdleTransactions() {
    try (Database limited =
        open(
            config ->
                config
                    .statementTimeout(Duration.ofMillis(1500))
                    .lockTimeout(Duration.ofSeconds(2))
                    .idleInTransactionTimeout(Duration.ofHours(1)))) {
      assertThat(limited.<String>read(tx -> text(tx, "SHOW statement_timeout")))
          .isEqualTo("1500ms");
      assertThat(limited.<String>read(tx -> text(tx, "SHOW lock_timeout"))).isEqualTo("2s");
      assertThat(limited.<String>read(tx -> text(tx, "SHOW idle_in_transaction_session_timeout")))
          .isEqualTo("1h");
    }
  }

  @Test
  void endsAStatementThatWaitsForALockTooLong() {
    run("INSERT INTO t (id) VALUES (1)");
    try (Database impatient = open(config -> config.lockTimeout(Duration.ofMillis(50)))) {
      String update = "UPDATE t SET name = 'x'";
      database()
          .inTransaction(
              tx -> {
                execute(tx, update);
                assertThatExceptionOfType(OutgrowException.class)
                    .isThrownBy(() -> impatient.inTransaction(other -> execute(other, update)))
                    .withMessageContaining("55P03");
              });
      impatient.inTransaction(tx -> execute(tx, update));
    }
  }

  @Test
  void opensNoMoreConnectionsThanASingleUserNeeds() throws Exception {
    try (Database opened = open(config -> config.applicationName("single"));
        Connection connection = opened.connection()) {
      String count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'single'";

      assertThat(Integer.parseInt(text(connection, count))).isBetween(1, 2);
    }
  }

  @Test
  void doesNotQuoteTheRowThatBrokeARule() {
    run("INSERT INTO t (id, name) VALUES (4711, 'x')");

    StatementException thrown =
        catchThrowableOfType(
            StatementException.class, () -> run("INSERT INTO t (id) VALUES (4711)"));

    assertThat(thrown.sqlState()).isEqualTo("23505");
    assertThat(thrown).hasMessageContaining("t_pkey");
    assertThat(thrown.getCause()).hasMessageNotContaining("4711");
  }

  @Test
  void refusesToCommitWhatTheServerHasGivenUp() {
    assertThatExceptionOfType(StatementException.class)
        .isThrownBy(
            () ->
                database()
                    .inTransaction(
                        tx -> {
                          insert(tx, 1);
                          assertThatThrownBy(() -> execute(tx, "SELECT 1/0"))
                              .isInstanceOf(SQLException.class);
                        }));

    assertThat(rows()).isZero();
  }

  @Test
  void streamsRowsWithinATransaction() {
    List<Integer> first =
        database()
            .read(
                tx -> {
                  try (var statement = tx.connection().createStatement()) {
                    statement.setFetchSize(10);
                    try (var rows =
                        statement.executeQuery("SELECT g FROM generate_series(1, 100000) g")) {
                      rows.next();
                      return List.of(rows.getInt(1), rows.getFetchSize());
                    }
                  }
                });

    assertThat(first).containsExactly(1, 10);
  }
}
