package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.RestartableServer;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.UnavailableException;
import dev.outgrow.error.UnknownOutcomeException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes away under load and comes back, and another that takes its place. */
@ExtendWith(SharedServer.class)
@Timeout(180)
@Tag("slow")
class ServerRestartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST = 6;
  private static final String SESSIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'under load'";

  private final Path folder;

  ServerRestartTest(ScratchServer unpacked, @TempDir Path folder) {
    assertThat(unpacked.version()).isNotEmpty();
    this.folder = folder;
  }

  @Test
  void recoversWhenItsServerIsKilledAndRestartedUnderLoad() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (RestartableServer server = RestartableServer.prepare(folder)) {
      server.start();
      try (Database observer = Database.awaitReady(DatabaseConfig.of(server.url()), PATIENCE)) {
        observer.inTransaction(tx -> DatabaseContract.execute(tx, "CREATE TABLE t (id integer)"));
        Load load = new Load(Database.open(config(server.url())));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          running.add(threads.submit(load));
        }
        load.await(load.before);
        server.kill();
        load.await(load.failed);
        server.start();
        load.database.awaitReady(PATIENCE);
        load.awaitAfter();
        load.stop = true;
        for (Future<?> each : running) {
          each.get();
        }

        assertThat(load.failures)
            .isNotEmpty()
            .hasOnlyElementsOfTypes(UnavailableException.class, UnknownOutcomeException.class);
        observer.awaitReady(PATIENCE);
        assertThat(sessions(observer)).isBetween(1, MOST);
        load.database.close();
        awaitNoSession(observer);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static DatabaseConfig config(DatabaseUrl url) {
    return DatabaseConfig.builder(url)
        .minimumPoolSize(1)
        .maximumPoolSize(MOST)
        .acquisitionTimeout(Duration.ofSeconds(1))
        .applicationName("under load")
        .build();
  }

  private static int sessions(Database observer) {
    return Integer.parseInt(observer.read(tx -> DatabaseContract.text(tx, SESSIONS)));
  }

  /** A session's process ends a little after its connection. */
  private static void awaitNoSession(Database observer) {
    new Readiness(PATIENCE, Waiting.REAL)
        .await(
            left -> {
              int sessions = sessions(observer);
              if (sessions > 0) {
                throw new UnavailableException(sessions + " sessions are left.", "Wait.", null);
              }
              return sessions;
            });
  }

  /** Writes and reads until it is stopped, and keeps what is thrown. */
  private static final class Load implements Runnable {
    private final Database database;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch before = new CountDownLatch(200);
    private final CountDownLatch failed = new CountDownLatch(20);
    private volatile CountDownLatch after = new CountDownLatch(0);
    private volatile boolean stop;

    Load(Database database) {
      this.database = database;
    }

    void await(CountDownLatch latch) throws InterruptedException {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("%s", failures).isTrue();
    }

    void awaitAfter() throws InterruptedException {
      after = new CountDownLatch(500);
      await(after);
    }

    @Override
    public void run() {
      for (int i = 0; !stop; i++) {
        try {
          once(i);
          before.countDown();
          after.countDown();
        } catch (Throwable failure) {
          failures.add(failure);
          failed.countDown();
        }
      }
    }

    private void once(int i) throws SQLException {
      if (i % 3 == 0) {
        database.inTransaction(
            tx -> {
              DatabaseContract.insert(tx, i);
              DatabaseContract.text(tx, "SELECT pg_sleep(0.001)");
            });
      } else if (i % 3 == 1) {
        database.read(tx -> DatabaseContract.text(tx, "SELECT count(*) FROM t"));
      } else {
        database.connection().close();
      }
    }
  }

  @Test
  void takesTheServerThatCanBeWrittenToAndFollowsItWhenThatChanges() throws Exception {
    try (RestartableServer one = RestartableServer.prepare(folder.resolve("one"));
        RestartableServer other = RestartableServer.prepare(folder.resolve("other"))) {
      // To the driver, a standby is a server that is read-only.
      one.start("default_transaction_read_only=on");
      other.start();
      Database.awaitReady(DatabaseConfig.of(one.url()), PATIENCE).close();
      DatabaseUrl both =
          DatabaseUrl.parse(
              "postgresql://postgres:restartable@127.0.0.1:"
                  + one.port()
                  + ",127.0.0.1:"
                  + other.port()
                  + "/postgres");
      try (Database database = Database.awaitReady(DatabaseConfig.of(both), PATIENCE)) {
        assertWritesTo(other, database);

        other.kill();
        one.kill();
        one.start();
        other.start("default_transaction_read_only=on");
        database.awaitReady(PATIENCE);

        assertWritesTo(one, database);
      }
    }
  }

  private static void assertWritesTo(RestartableServer server, Database database) {
    String port =
        new Readiness(PATIENCE, Waiting.REAL)
            .await(
                left ->
                    database.transaction(
                        tx -> {
                          DatabaseContract.execute(tx, "CREATE TABLE IF NOT EXISTS t (id integer)");
                          DatabaseContract.insert(tx, 1);
                          return DatabaseContract.text(tx, "SHOW port");
                        }));

    assertThat(port).isEqualTo(Integer.toString(server.port()));
  }
}
