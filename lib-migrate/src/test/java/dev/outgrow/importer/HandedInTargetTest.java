package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outgrow.database.Database;
import dev.outgrow.importer.fixture.SharedServer;
import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A target that is an application's own pool, with another zone and without auto-commit. */
class HandedInTargetTest extends PostgresFixture {
  @TempDir private Path folder;

  @Test
  void takesAnImportAndIsTheApplicationsAgain() throws Exception {
    Path file =
        SqliteFiles.make(
            folder.resolve("source.db"),
            "CREATE TABLE plays (id INTEGER PRIMARY KEY, at DATETIME, title TEXT)",
            "INSERT INTO plays VALUES (1, '2024-02-29 10:00:00Z', 'One'), (2, NULL, 'Two')");
    try (HikariDataSource pool = pool()) {
      try (Database target = Database.on(pool)) {
        ImportReport report = SqliteImport.from(file).into(target).run();

        assertThat(report.verified()).isTrue();
        assertThat(report.rowsVerified()).isEqualTo(2);
        assertThat(SqliteImport.from(file).into(target).verify().verified()).isTrue();
      }
      assertThat(ask(pool, "SELECT title || ' ' || at FROM plays WHERE id = 1"))
          .isEqualTo("One 2024-02-29 15:30:00+05:30");
      assertThat(ask(pool, "SHOW statement_timeout")).isEqualTo("7s");
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }

  private HikariDataSource pool() throws Exception {
    String[] access = Files.readString(SharedServer.passwordFile()).strip().split(":", -1);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {access[0]});
    source.setPortNumbers(new int[] {Integer.parseInt(access[1])});
    source.setDatabaseName(database.url().database());
    source.setUser(access[3]);
    source.setPassword(access[4]);
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    config.setAutoCommit(false);
    config.setIsolateInternalQueries(true);
    config.setConnectionInitSql("SET TimeZone TO 'Asia/Kolkata'; SET statement_timeout TO 7000");
    return new HikariDataSource(config);
  }

  private static String ask(HikariDataSource pool, String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
