package dev.outgrow.database.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.error.CancelledException;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
class DatabaseSetupTest {
  private static final int INSTANCES = 6;

  private final ScratchServer server;
  private final DatabaseUrl url;
  private final Path folder;

  DatabaseSetupTest(ScratchServer server, @TempDir Path folder) {
    this.server = server;
    this.url = server.createDatabase();
    this.folder = folder;
  }

  @AfterEach
  void drop() {
    server.dropDatabase(url);
  }

  private Database open() {
    return Database.open(DatabaseConfig.builder(url).minimumPoolSize(1).maximumPoolSize(1).build());
  }

  private Database sqlite() {
    return Database.open(DatabaseUrl.parse("jdbc:sqlite:" + folder.resolve("a.db")));
  }

  private static Script script(String sql) {
    return new Script("setup.sql", sql);
  }

  /** Without the lock, two of these at once fail: CREATE … IF NOT EXISTS looks before it makes. */
  @Test
  void letsInstancesThatStartTogetherDoItOneBehindTheOther() throws Exception {
    DatabaseSetup setup =
        DatabaseSetup.of(
            script(
                """
                CREATE EXTENSION IF NOT EXISTS plpgsql;
                CREATE SCHEMA IF NOT EXISTS app;
                CREATE TABLE IF NOT EXISTS app.made(at timestamptz DEFAULT now());
                DO $$
                BEGIN
                  IF NOT EXISTS (SELECT FROM app.made) THEN
                    PERFORM pg_sleep(0.05); -- so that others come in, if they can
                    INSERT INTO app.made DEFAULT VALUES;
                  END IF;
                END $$;
                DO $$ BEGIN
                  EXECUTE format('ALTER DATABASE %I SET search_path TO app', current_database());
                END $$
                """));
    ExecutorService pool = Executors.newFixedThreadPool(INSTANCES);
    CountDownLatch ready = new CountDownLatch(INSTANCES);
    try {
      List<Future<SetupResult>> results = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        results.add(
            pool.submit(
                () -> {
                  try (Database own = open()) {
                    ready.countDown();
                    ready.await();
                    return setup.run(own);
                  }
                }));
      }
      for (Future<SetupResult> result : results) {
        assertThat(result.get().run()).containsExactly("setup.sql");
      }
    } finally {
      pool.shutdownNow();
    }
    try (Database later = open()) {
      assertThat(text(later, "SELECT count(*) FROM made")).isEqualTo("1");
      assertThat(text(later, "SHOW search_path")).isEqualTo("app");
      assertThat(setup.run(later).run()).hasSize(1);
      assertThat(text(later, "SELECT count(*) FROM made")).isEqualTo("1");
    }
  }

  @Test
  void leavesNothingOfAScriptThatFailsNorOfItsSession() throws Exception {
    try (Database database = open()) {
      DatabaseSetup setup =
          DatabaseSetup.of(
              script("CREATE SCHEMA one; SET search_path TO one"),
              script("CREATE SCHEMA two;\nSELECT 'it?' WHERE {fn now()} > 'secret'"));
      assertThatThrownBy(() -> setup.run(database))
          .isInstanceOf(OutgrowException.class)
          .hasMessageContaining("setup.sql, line 2")
          .hasMessageNotContaining("secret");
      assertThat(
              text(
                  database,
                  "SELECT string_agg(nspname, ' ') FROM pg_namespace WHERE nspname IN ('one', 'two')"))
          .isEqualTo("one");
      assertThat(text(database, "SHOW search_path")).doesNotContain("one");
      assertThat(text(database, "SHOW TimeZone")).isEqualTo("UTC");
      ChangeLock.take(database, Duration.ZERO).close();
    }
  }

  @Test
  void showsItsStatementsAndRunsNoneWhereOneCannotBeRead() throws Exception {
    DatabaseSetup fine = DatabaseSetup.of(script("SELECT 1;\nSELECT 2"));
    assertThat(fine.statements())
        .containsExactly(
            new Script.Statement("setup.sql", 1, "SELECT 1"),
            new Script.Statement("setup.sql", 2, "SELECT 2"));
    try (Database database = open()) {
      DatabaseSetup broken = DatabaseSetup.of(script("CREATE SCHEMA one"), script("SELECT 'x"));
      assertThatThrownBy(() -> broken.run(database)).isInstanceOf(ConfigurationException.class);
      assertThat(text(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'one'"))
          .isEqualTo("0");
    }
  }

  @Test
  void saysThatASqliteFileNeedsNone() {
    try (Database database = sqlite()) {
      assertThat(DatabaseSetup.of(script("CREATE EXTENSION x")).run(database))
          .isEqualTo(new SetupResult(List.of(), List.of("setup.sql")));
    }
  }

  @Test
  void readsScriptsFromFilesAndRefusesWhatIsNoText() throws Exception {
    Path file = Files.writeString(folder.resolve("own.sql"), "SELECT 'ä'");
    assertThat(Script.of(file).statements()).hasSize(1);
    Files.write(file, new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> Script.of(file)).isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> Script.of(folder.resolve("none")))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> Script.ofResource(getClass(), "none.sql"))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void keepsTheLockToOneAtATimeOnBothBackends() {
    try (Database postgres = open();
        Database sqlite = sqlite()) {
      for (Database database : List.of(postgres, sqlite)) {
        ChangeLock held = ChangeLock.take(database, Duration.ZERO);
        assertThatThrownBy(() -> ChangeLock.take(database, Duration.ofMillis(50)))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining(database.url().toString());
        held.close();
        held.close();
        ChangeLock.take(database, Duration.ZERO).close();
        assertThatThrownBy(() -> ChangeLock.take(database, Duration.ofMillis(-1)))
            .isInstanceOf(ConfigurationException.class);
      }
    }
  }

  @Test
  void endsItsWaitingWhenItIsInterrupted() {
    try (Database database = sqlite();
        ChangeLock held = ChangeLock.take(database, Duration.ZERO)) {
      assertThat(held).isNotNull();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> ChangeLock.take(database, Duration.ofMinutes(1)))
          .isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static String text(Database database, String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
