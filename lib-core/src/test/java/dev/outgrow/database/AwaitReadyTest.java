package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.scratch.RestartableServer;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.SourceFileException;
import dev.outgrow.error.UnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A database that comes up late is waited for; one that refuses is not. */
@ExtendWith(SharedServer.class)
@Timeout(120)
@Tag("slow")
class AwaitReadyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ScratchServer server;
  private final Path folder;

  AwaitReadyTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.folder = folder;
  }

  @Test
  void opensADatabaseWhoseServerStartsFiveSecondsLater() throws Exception {
    ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
    try (RestartableServer late = RestartableServer.prepare(folder)) {
      long start = System.nanoTime();
      Future<?> started = later.schedule(() -> late.start(), 5, TimeUnit.SECONDS);
      try (Database database = Database.awaitReady(DatabaseConfig.of(late.url()), PATIENCE)) {
        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(ask(database, "SELECT 1")).isEqualTo("1");
      }
      started.get();
    } finally {
      later.shutdownNow();
    }
  }

  @Test
  void waitsForAServerThatSaysThatItIsNotUp() throws Exception {
    try (RestartableServer restarted = RestartableServer.prepare(folder)) {
      restarted.start();
      Database before = Database.awaitReady(DatabaseConfig.of(restarted.url()), PATIENCE);
      Connection holdsItUp = before.connection();
      restarted.stopWhenTheLastHasLeft();
      awaitRefusal(restarted.url(), "57P03");

      Readiness readiness =
          new Readiness(PATIENCE, new Watch(2, () -> restart(restarted, holdsItUp, before)));
      try (Database after = Opening.openWhenReady(DatabaseConfig.of(restarted.url()), readiness)) {
        assertThat(ask(after, "SELECT 1")).isEqualTo("1");
      }
    }
  }

  /** The server hears of its stop when it likes. */
  private static void awaitRefusal(DatabaseUrl url, String state) {
    Readiness refusal = new Readiness(PATIENCE, Waiting.REAL);
    refusal.await(
        left -> {
          try (Database stillUp = Database.open(url)) {
            throw new UnavailableException(stillUp + " is still up.", "Wait.", null);
          } catch (UnavailableException refused) {
            if (!refused.what().contains(state)) {
              throw refused;
            }
            return refused;
          }
        });
  }

  private static void restart(RestartableServer server, Connection last, Database before) {
    try {
      last.close();
      before.close();
      server.awaitEnd();
      server.start();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void doesNotWaitForWhatAPersonHasToMend() {
    assertFailsAtOnce(AccessException.class, server.url().withUser("postgres", "wrong"), "28P01");
    assertFailsAtOnce(AccessException.class, server.url().withUser("nobody", "wrong"), "28P01");
    assertFailsAtOnce(AccessException.class, server.url().withDatabase("missing"), "3D000");
    DatabaseUrl nowhere = DatabaseUrl.sqlite(folder.resolve("missing").resolve("app.db"));
    assertFailsAtOnce(SourceFileException.class, nowhere, "its folder does not exist");
  }

  @Test
  void doesNotWaitForOneThatSpeaksAnotherProtocol() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerAsAWebServer(web));
      DatabaseUrl url =
          DatabaseUrl.parse("postgres://u@127.0.0.1:" + web.getLocalPort() + "/d?sslmode=disable");

      assertFailsAtOnce(UnavailableException.class, url, "08P01");
      answered.join();
    }
  }

  private static void answerAsAWebServer(ServerSocket web) {
    try (Socket client = web.accept()) {
      client.getInputStream().read();
      client
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (java.io.IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void assertFailsAtOnce(
      Class<? extends OutgrowException> type, DatabaseUrl url, String words) {
    Readiness readiness =
        new Readiness(
            Duration.ofDays(1),
            new Watch(
                1,
                () -> {
                  throw new AssertionError("waited for " + url);
                }));

    assertThatThrownBy(() -> Opening.openWhenReady(DatabaseConfig.of(url), readiness))
        .isInstanceOf(type)
        .hasMessageContaining(words);
  }

  @Test
  void waitsForAHostThatIsNotKnownYet() {
    ReadinessTest.Watch watch = new ReadinessTest.Watch();
    Readiness readiness = new Readiness(Duration.ofSeconds(2), watch);

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () ->
                Opening.openWhenReady(
                    DatabaseConfig.of(DatabaseUrl.parse("postgres://u@nowhere.invalid/d")),
                    readiness))
        .withMessageContaining("Not ready after PT2S and 6 attempts")
        .withMessageContaining("no such host is known");
  }

  @Test
  @Timeout(9)
  void doesNotWaitLongerForASilentHostThanItsPatience() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      DatabaseUrl url = DatabaseUrl.parse("postgres://u@127.0.0.1:" + silent.getLocalPort() + "/d");

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> Database.awaitReady(DatabaseConfig.of(url), Duration.ofSeconds(1)))
          .withMessageContaining("did not answer in time");
    }
  }

  @Test
  void waitsForASqliteFileThatAnotherProgramHasLocked() throws Exception {
    DatabaseUrl url = DatabaseUrl.sqlite(folder.resolve("app.db"));
    Connection locking = java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder + "/app.db");
    try (var statement = locking.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER)");
      statement.execute("BEGIN EXCLUSIVE");
      statement.execute("INSERT INTO t VALUES (1)");
    }
    DatabaseConfig config = DatabaseConfig.builder(url).busyTimeout(Duration.ZERO).build();
    Watch unlocking = new Watch(3, () -> closeQuietly(locking));

    try (Database database = Opening.openWhenReady(config, new Readiness(PATIENCE, unlocking))) {
      assertThat(ask(database, "SELECT count(*) FROM t")).isEqualTo("0");
    }
    assertThat(unlocking.pauses).isEqualTo(3);
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (java.sql.SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Real time, in whose n-th pause something happens. */
  private static final class Watch implements Waiting {
    private final int when;
    private final Runnable event;
    private int pauses;

    Watch(int when, Runnable event) {
      this.when = when;
      this.event = event;
    }

    @Override
    public long nanoTime() {
      return REAL.nanoTime();
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
      if (++pauses == when) {
        event.run();
      }
      REAL.pause(time);
    }

    @Override
    public double random() {
      return REAL.random();
    }
  }

  private static String ask(Database database, String sql) {
    return database.read(tx -> DatabaseContract.text(tx, sql));
  }
}
