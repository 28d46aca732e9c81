package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
class HealthTest {
  private final ScratchServer server;
  private final DatabaseUrl url;
  private final Path folder;

  HealthTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.url = server.createDatabase();
    this.folder = folder;
  }

  @AfterEach
  void drop() {
    server.dropDatabase(url);
  }

  private Database postgres() {
    return Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).maximumPoolSize(1).build());
  }

  private Database sqlite() {
    return Database.open(DatabaseUrl.parse("jdbc:sqlite:" + folder.resolve("a.db")));
  }

  @Test
  void saysThatItAnswersHowFastAndWhatTheVersionIs() {
    try (Database postgres = postgres();
        Database sqlite = sqlite()) {
      for (Database database : new Database[] {postgres, sqlite}) {
        Health health = database.health();
        assertThat(health.isWell()).isTrue();
        assertThat(health.version().orElseThrow()).matches("\\d+\\.\\d+.*");
        assertThat(health.latency().orElseThrow()).isPositive();
        assertThat(health.failure()).isEmpty();
        assertThat(database.describe()).contains(health.version().orElseThrow());
      }
      assertThat(postgres.health().pools()).extracting(PoolState::maximum).containsExactly(1);
      assertThat(sqlite.health().pools())
          .extracting(PoolState::name)
          .containsExactly("sqlite writer", "sqlite readers");
    }
  }

  @Test
  void saysSoWithinTheLimitWhenThePoolIsExhausted() throws Exception {
    try (Database database = postgres()) {
      try (Connection held = database.connection()) {
        assertThat(held.isClosed()).isFalse();
        Health health = database.health(Duration.ofMillis(100));
        assertThat(health.isWell()).isFalse();
        assertThat(health.failure().orElseThrow()).contains("100 ms");
        assertThat(health.pools()).extracting(PoolState::active).containsExactly(1);
        assertThat(health.text()).contains("did not answer", "1 of 1 in use");
      }
      assertThat(database.health().isWell()).isTrue();
    }
  }

  @Test
  void saysSoWhenItIsClosedOrItsFileIsNoDatabaseAnyMore() throws Exception {
    Database closed = sqlite();
    closed.close();
    assertThat(closed.health().reachable()).isFalse();
    assertThat(closed.health().pools()).isEmpty();
    assertThat(closed.health().failure()).isPresent();
  }

  @Test
  void neverShowsASecret() {
    String password = Objects.requireNonNull(url.password());
    Database database = postgres();
    assertThat(database.health().text()).doesNotContain(password);
    database.close();
    assertThat(database.health().toString()).doesNotContain(password);
  }

  @Test
  void asksProbesAndOutlivesThoseThatFailOrHang() {
    CountDownLatch never = new CountDownLatch(1);
    try (Database database = sqlite()) {
      database.addHealthProbe("migrations", () -> new Health.Detail(true, "at 7"));
      database.addHealthProbe(
          "broken",
          () -> {
            throw new IllegalStateException("secret");
          });
      Health health = database.health();
      assertThat(health.reachable()).isTrue();
      assertThat(health.isWell()).isFalse();
      assertThat(health.details())
          .containsEntry("migrations", new Health.Detail(true, "at 7"))
          .containsEntry(
              "broken", new Health.Detail(false, "It failed with IllegalStateException."));
      database.addHealthProbe("broken", () -> hang(never));
      Health late = database.health(Duration.ofMillis(200));
      assertThat(late.reachable()).isTrue();
      assertThat(late.details())
          .containsEntry("broken", new Health.Detail(false, "no answer within 200 ms"));
    } finally {
      never.countDown();
    }
  }

  private static Health.Detail hang(CountDownLatch never) {
    try {
      never.await();
      return new Health.Detail(true, "");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesALimitOfNothing() {
    try (Database database = sqlite()) {
      assertThatThrownBy(() -> database.health(Duration.ZERO))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void countsHowTransactionsEnd() {
    try (Database database = sqlite()) {
      database.inTransaction(tx -> {});
      assertThat(database.<Integer>read(tx -> 1)).isEqualTo(1);
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      tx -> {
                        throw new IllegalStateException();
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(database.transactions()).isEqualTo(new TransactionTotals(2, 1));
    }
  }

  @Test
  void opensAConnectionBesideThePool() throws Exception {
    try (Database database = postgres();
        Connection held = database.connection();
        Connection own = database.ownConnection();
        Statement statement = own.createStatement()) {
      assertThat(held.isClosed()).isFalse();
      assertThat(statement.execute("SET search_path TO pg_catalog")).isFalse();
      assertThat(database.pools()).extracting(PoolState::active).containsExactly(1);
    }
  }
}
