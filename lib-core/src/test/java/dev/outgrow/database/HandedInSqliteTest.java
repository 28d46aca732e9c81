package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class HandedInSqliteTest extends DatabaseContract {
  private final Path file;
  private final HikariDataSource pool;

  HandedInSqliteTest(@TempDir Path folder) {
    this.file = folder.resolve("contract.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    source.setJournalMode("WAL");
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(5);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2000);
    this.pool = new HikariDataSource(config);
  }

  @AfterEach
  void closeThePool() {
    pool.close();
  }

  @Override
  DatabaseUrl freshUrl() {
    return DatabaseUrl.sqlite(file);
  }

  @Override
  Database openContract(DatabaseUrl url) {
    return Database.on(pool);
  }

  @Override
  String sqlThatEndsTheTransaction() {
    return "ROLLBACK";
  }

  @Test
  void knowsTheFileAndThatItWasHandedIn() throws Exception {
    assertThat(database().url().file().orElseThrow().toRealPath()).isEqualTo(file.toRealPath());
    assertThat(database().describe()).endsWith(", handed in by the program");
  }

  @Test
  void enforcesForeignKeysOnlyWhileItHasTheConnection() throws Exception {
    try (Connection ours = database().connection()) {
      assertThat(text(ours, "PRAGMA foreign_keys")).isEqualTo("1");
    }
    assertThat(database().<String>read(tx -> text(tx, "PRAGMA query_only"))).isEqualTo("1");
    try (Connection theirs = pool.getConnection()) {
      assertThat(text(theirs, "PRAGMA foreign_keys")).isEqualTo("0");
      assertThat(text(theirs, "PRAGMA query_only")).isEqualTo("0");
    }
  }

  @Test
  void refusesADatabaseInMemoryOfWhichEveryConnectionWouldSeeAnother() {
    SQLiteDataSource memory = new SQLiteDataSource();
    memory.setUrl("jdbc:sqlite::memory:");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Database.on(memory))
        .withMessageContaining("in memory");
  }
}
