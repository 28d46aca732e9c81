package dev.outgrow.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.fixture.MigrationDatabase;
import dev.outgrow.migration.fixture.Scripts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A migration does not hold up an application for long while it waits for a lock. */
@Timeout(120)
class LockLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

  @TempDir private Path folder;

  private Migrations migrated(MigrationDatabase db, Scripts scripts) {
    Migrations migrations =
        Migrations.of(db.database()).chain(scripts.chain("core").build()).lockTimeout(SHORT);
    assertThat(migrations.migrate().isComplete()).isTrue();
    return migrations;
  }

  private static Connection holding(MigrationDatabase db, String sql) throws SQLException {
    Connection connection = db.database().ownConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET application_name = 'the holder'");
      statement.execute(sql);
    }
    return connection;
  }

  /** Waits until as many sessions wait for a lock; the test's time-out is its end. */
  private static void until(MigrationDatabase db, String waiting) throws SQLException {
    while (!db.query(WAITING).equals(java.util.List.of(waiting))) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void aScriptThatGetsNoLockIsTriedAgain() throws Exception {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts).lockRetries(50);
      scripts
          .put("V11__before.sql", "CREATE TABLE one (id INTEGER);")
          .put("V12__age.sql", "CREATE TABLE two (id INTEGER); ALTER TABLE users ADD age INTEGER;");
      try (Connection holder = holding(db, "SELECT * FROM users")) {
        CompletableFuture<MigrationResult> run = CompletableFuture.supplyAsync(migrations::migrate);
        until(db, "1");
        until(db, "0"); // the first time-out
        until(db, "1"); // and it is there again
        holder.rollback();
        assertThat(run.get().chain("core").ran())
            .containsExactly("V11__before.sql", "V12__age.sql");
      }
      assertThat(db.tables()).contains("one", "two");
    }
  }

  @Test
  void inTheEndItSaysWhoHoldsTheLock() throws Exception {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts).lockRetries(1);
      scripts.put("V11__age.sql", "ALTER TABLE users ADD age INTEGER;");
      try (Connection holder = holding(db, "UPDATE users SET name = 'a secret value'")) {
        MigrationException failure =
            catchThrowableOfType(MigrationException.class, migrations::migrate);
        assertThat(failure.sqlState()).contains("55P03");
        assertThat(failure)
            .hasMessageMatching(
                "(?s).*pid \\d+ \\(the holder, idle in transaction for \\d+ s, .*RowExclusiveLock on users.*")
            .hasMessageContaining("pg_terminate_backend")
            .hasMessageContaining("nothing of it was kept");
        assertThat(failure.getMessage()).doesNotContain("secret");
        holder.rollback();
      }
      assertThat(migrations.migrate().isComplete()).isTrue();
    }
  }

  @Test
  void aScriptOutsideOfATransactionIsNotTriedAgain() throws Exception {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts).lockRetries(50);
      scripts
          .put("V11__two.sql", "INSERT INTO albums VALUES (1); ALTER TABLE users ADD age INTEGER;")
          .put("V11__two.sql.conf", "executeInTransaction=false");
      try (Connection holder = holding(db, "SELECT * FROM users")) {
        assertThatThrownBy(migrations::migrate)
            .isInstanceOf(MigrationException.class)
            .hasMessageContaining("the holder")
            .hasMessageContaining("run repair");
        holder.rollback();
      }
      assertThat(db.query("SELECT count(*) FROM albums")).containsExactly("1");
    }
  }

  @Test
  void anIndexThatIsBuiltConcurrentlyWaitsAsLongAsItTakes() throws Exception {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations = migrated(db, scripts).lockTimeout(Duration.ofMillis(50));
      scripts.put("V11__i.sql", "-- fast\nCREATE INDEX CONCURRENTLY ix ON users (name);");
      try (Connection holder = holding(db, "UPDATE users SET name = 'b'")) {
        CompletableFuture<MigrationResult> run = CompletableFuture.supplyAsync(migrations::migrate);
        until(db, "1");
        long end = System.nanoTime() + 4 * Duration.ofMillis(50).toNanos();
        while (System.nanoTime() < end) {
          assertThat(db.query(WAITING)).containsExactly("1");
        }
        holder.rollback();
        assertThat(run.get().isComplete()).isTrue();
      }
      assertThat(db.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass"))
          .containsExactly("t");
    }
  }

  @Test
  void anInvalidIndexThatIsLeftBehindIsNamedWithWhatDropsIt() throws Exception {
    Scripts scripts = Scripts.core(folder.resolve("core"));
    try (MigrationDatabase db = MigrationDatabase.create(Backend.POSTGRESQL, folder)) {
      Migrations migrations =
          migrated(db, scripts).safety(dev.outgrow.migration.safety.Safety.off());
      db.execute("INSERT INTO users VALUES (2, 'anna')");
      scripts.put("V11__i.sql", "CREATE UNIQUE INDEX CONCURRENTLY ix ON users (name);");
      MigrationException failure =
          catchThrowableOfType(MigrationException.class, migrations::migrate);
      assertThat(failure)
          .hasMessageContaining("an index that is not valid")
          .hasMessageContaining("DROP INDEX CONCURRENTLY \"public\".\"ix\";");
      db.execute("DROP INDEX CONCURRENTLY \"public\".\"ix\"", "DELETE FROM users WHERE id = 2");
      migrations.repair("core");
      assertThat(migrations.migrate().isComplete()).isTrue();
    }
  }

  @Test
  void limitsOutsideOfTheirRangeAreRefused() {
    LockLimits limits = LockLimits.ofDefaults();
    assertThat(limits.timeout(Duration.ZERO).timeout()).isZero();
    assertThatThrownBy(() -> limits.timeout(Duration.ofMillis(9)))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> limits.retries(101)).isInstanceOf(ConfigurationException.class);
    assertThat(limits.pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.pause(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(limits.pause(100)).isEqualTo(Duration.ofSeconds(30));
  }
}
