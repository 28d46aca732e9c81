package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database takes one login to open, and none is left behind. */
@ExtendWith(SharedServer.class)
class ProvenFirstTest {
  private final ScratchServer server;
  private final Connector real;
  private final AtomicInteger logins = new AtomicInteger();

  ProvenFirstTest(ScratchServer server) {
    this.server = server;
    this.real = new PostgresConnector(DatabaseConfig.of(server.url()));
  }

  private Connection login() throws SQLException {
    logins.incrementAndGet();
    return real.connect();
  }

  @Test
  void givesTheProvenConnectionOnceAndThenOthers() throws SQLException {
    Connection proven = login();
    try (ProvenFirst connector = new ProvenFirst(this::login, proven);
        Connection first = connector.connect();
        Connection second = connector.connect()) {
      assertThat(first).isSameAs(proven);
      assertThat(second).isNotSameAs(proven);
      assertThat(logins).hasValue(2);
    }
  }

  @Test
  void closingEndsAConnectionThatNobodyAskedFor() throws SQLException {
    Connection proven = login();
    new ProvenFirst(this::login, proven).close();

    assertThat(proven.isClosed()).isTrue();
  }

  @Test
  void aPoolThatWasNeverUsedLeavesNoSession() throws Exception {
    DatabaseUrl url = server.createDatabase();
    Database.open(url).close();

    try (Connection watching = real.connect();
        Statement statement = watching.createStatement()) {
      // The server notices the end of a session a moment later.
      for (int tries = 0; sessions(statement, url) > 0; tries++) {
        assertThat(tries).isLessThan(100_000);
      }
    }
    server.dropDatabase(url);
  }

  private static int sessions(Statement statement, DatabaseUrl url) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + url.database() + "'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
