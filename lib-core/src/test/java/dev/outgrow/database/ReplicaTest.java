package dev.outgrow.database;

import static dev.outgrow.database.DatabaseContract.execute;
import static dev.outgrow.database.DatabaseContract.insert;
import static dev.outgrow.database.DatabaseContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.scratch.RestartableServer;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Reads from a replica: two servers, one streaming to the other. */
@ExtendWith(SharedServer.class)
@Timeout(120)
@Tag("slow")
class ReplicaTest {
  private static final String WHERE = "SELECT pg_is_in_recovery()";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static RestartableServer primary;
  private static RestartableServer replica;

  private Database database;

  // The shared server has unpacked the binaries.
  @BeforeAll
  @SuppressWarnings("unused")
  static void startBoth(ScratchServer server, @TempDir Path folder) throws Exception {
    primary = RestartableServer.prepare(folder.resolve("primary"));
    replica = RestartableServer.replicaOf(primary, folder.resolve("replica"));
    primary.start();
    Database.awaitReady(DatabaseConfig.of(primary.url()), PATIENCE).close();
    startReplica();
  }

  @AfterAll
  static void endBoth() throws Exception {
    replica.close();
    primary.close();
  }

  private static void startReplica() {
    replica.start(primary.primaryConnInfo());
    Database.awaitReady(DatabaseConfig.of(replica.url()), PATIENCE).close();
  }

  @BeforeEach
  void open() {
    database =
        Database.open(
            DatabaseConfig.builder(primary.url())
                .replica(replica.url())
                .replicaTimeout(Duration.ofSeconds(20))
                .build());
    database.inTransaction(tx -> execute(tx, "CREATE TABLE t (id integer PRIMARY KEY)"));
    assertThat(where()).isEqualTo("t");
  }

  /** The next test finds a replica that replays, and on neither side a table. */
  @AfterEach
  void clear() throws SQLException {
    onReplica("SELECT pg_wal_replay_resume()");
    database.inTransaction(tx -> execute(tx, "DROP TABLE t"));
    database.close();
  }

  @Test
  void readsTheReplicaAndWritesThePrimary() {
    database.inTransaction(
        tx -> {
          assertThat(text(tx, WHERE)).isEqualTo("f");
          insert(tx, 1);
        });

    assertThat(where()).isEqualTo("t");
    assertThat(rows()).isEqualTo("1");
    assertThat(database.<String>transaction(TransactionOptions.reading(), tx -> text(tx, WHERE)))
        .as("who wants the primary gets it")
        .isEqualTo("f");
    assertThatThrownBy(() -> database.read(tx -> execute(tx, "DELETE FROM t")))
        .hasMessageContaining("25006");
  }

  @Test
  void missesNoOwnWriteInHundreds() {
    for (int id = 0; id < 300; id++) {
      int own = id;
      database.inTransaction(tx -> insert(tx, own));

      assertThat(rows()).isEqualTo(Integer.toString(id + 1));
    }
  }

  @Test
  void readsThePrimaryWhereTheReplicaHasNotReplayedAnOwnWrite() throws Exception {
    try (Database impatient = impatient()) {
      impatient.inTransaction(tx -> insert(tx, 1));
      onReplica("SELECT pg_wal_replay_pause()");
      String before = impatient.read(tx -> text(tx, "SELECT count(*) FROM t"));
      impatient.inTransaction(tx -> insert(tx, 2));

      assertThat(before).isEqualTo("1");
      assertThat(impatient.<String>read(tx -> text(tx, "SELECT count(*) FROM t"))).isEqualTo("2");
      assertThat(impatient.<String>read(tx -> text(tx, WHERE))).isEqualTo("f");
      onReplica("SELECT pg_wal_replay_resume()");
    }
    database.inTransaction(tx -> insert(tx, 3));
    assertThat(where()).isEqualTo("t");
    assertThat(rows()).isEqualTo("3");
  }

  @Test
  void waitsForTheReplicaToReplayAnOwnWrite() throws Exception {
    onReplica("SELECT pg_wal_replay_pause()");
    database.inTransaction(tx -> insert(tx, 1));
    Thread resuming =
        new Thread(
            () -> {
              try {
                awaitReaderOnReplica();
                onReplica("SELECT pg_wal_replay_resume()");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    resuming.start();

    String seen = database.read(tx -> text(tx, WHERE) + text(tx, "SELECT count(*) FROM t"));

    resuming.join();
    assertThat(seen).isEqualTo("t1");
  }

  /** Until a read has asked how far the replica is. */
  private void awaitReaderOnReplica() {
    try (Database own = Database.open(replica.url())) {
      String asked =
          "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND query LIKE 'SELECT CASE WHEN pg_is_in_recovery%'"
              + " AND state_change > now() - interval '1 s'";
      while (own.<String>read(tx -> text(tx, asked)).equals("0")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void missesNoWriteOfAConnectionThatCommitsByItself() throws Exception {
    for (int id = 0; id < 20; id++) {
      try (Connection connection =
              id % 2 == 0 ? database.connection() : database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO t (id) VALUES (" + id + ")");
        assertThat(rows()).isEqualTo(Integer.toString(id + 1));
        statement.execute("DELETE FROM t WHERE id < 0");
      }
      assertThat(rows()).isEqualTo(Integer.toString(id + 1));
    }
  }

  @Test
  void waitsForNobodyElsesWrites() throws Exception {
    onReplica("SELECT pg_wal_replay_pause()");
    try (Database other = Database.open(primary.url())) {
      other.inTransaction(tx -> insert(tx, 1));
    }

    assertThat(where()).isEqualTo("t");
    assertThat(rows()).isEqualTo("0");
  }

  @Test
  void readsThePrimaryWhileTheReplicaIsDownAndTheReplicaWhenItIsBack() throws Exception {
    try (Database impatient = impatient()) {
      assertThat(impatient.<String>read(tx -> text(tx, WHERE))).isEqualTo("t");
      replica.kill();

      for (int i = 0; i < 100; i++) {
        assertThat(impatient.<String>read(tx -> text(tx, WHERE))).isEqualTo("f");
      }
      startReplica();
      while (!impatient.<String>read(tx -> text(tx, WHERE)).equals("t")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void readsAgainOnThePrimaryWhatTheReplicaBrokeOff() throws Exception {
    AtomicInteger attempts = new AtomicInteger();

    String seen =
        database.read(
            tx -> {
              if (attempts.incrementAndGet() == 1) {
                execute(tx, "SELECT pg_terminate_backend(pg_backend_pid())");
              }
              return text(tx, WHERE);
            });

    assertThat(seen).isEqualTo("f");
    assertThat(attempts).hasValue(2);
  }

  @Test
  void doesNotReadAgainWhereTheWorkItselfFailed() {
    AtomicInteger attempts = new AtomicInteger();

    assertThatThrownBy(
            () ->
                database.read(
                    tx -> {
                      attempts.incrementAndGet();
                      throw new UnavailableException("Mine.", "None.", null);
                    }))
        .hasMessageContaining("Mine.");

    assertThat(attempts).hasValue(1);
  }

  @Test
  void takesTheReplicaOfSeveralHosts() {
    DatabaseUrl both =
        DatabaseUrl.parse(
            "postgresql://postgres:%s@127.0.0.1:%d,127.0.0.1:%d/postgres"
                .formatted(RestartableServer.PASSWORD, primary.port(), replica.port()));

    try (Database several = Database.open(DatabaseConfig.builder(both).replica(both).build())) {
      assertThat(several.<String>transaction(tx -> text(tx, WHERE))).isEqualTo("f");
      assertThat(several.<String>read(tx -> text(tx, WHERE))).isEqualTo("t");
    }
  }

  @Test
  void doesNotReadAServerThatIsNoReplica() {
    try (Database same =
        Database.open(DatabaseConfig.builder(primary.url()).replica(primary.url()).build())) {
      assertThat(same.<String>read(tx -> text(tx, WHERE))).isEqualTo("f");
      assertThat(same.<String>read(tx -> text(tx, "SELECT count(*) FROM t"))).isEqualTo("0");
    }
  }

  @Test
  void refusesAReplicaOfAnotherKind(@TempDir Path folder) {
    DatabaseUrl file = DatabaseUrl.sqlite(folder.resolve("a.db"));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DatabaseConfig.builder(primary.url()).replica(file).build());
    try (Database lone =
        Database.open(DatabaseConfig.builder(file).replica(primary.url()).build())) {
      assertThat(lone.<String>read(tx -> text(tx, "SELECT 1"))).isEqualTo("1");
    }
  }

  private Database impatient() {
    return Database.open(
        DatabaseConfig.builder(primary.url())
            .replica(replica.url())
            .replicaTimeout(Duration.ofMillis(250))
            .build());
  }

  private static void onReplica(String sql) throws SQLException {
    try (Database own = Database.open(replica.url());
        Connection connection = own.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String where() {
    return database.read(tx -> text(tx, WHERE));
  }

  private String rows() {
    return database.read(tx -> text(tx, "SELECT count(*) FROM t"));
  }
}
