package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.importer.fixture.SharedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ImportSessionTest {
  private static final String SETTINGS =
      "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
          + " WHERE name IN ('TimeZone', 'search_path', 'statement_timeout', 'work_mem',"
          + " 'idle_in_transaction_session_timeout', 'tcp_keepalives_idle',"
          + " 'client_connection_check_interval')";

  @Test
  void givesItsConnectionBackWithTheSettingsItCameWith() throws SQLException {
    Database shared = SharedServer.create();
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    DatabaseConfig config =
        DatabaseConfig.builder(shared.url())
            .minimumPoolSize(0)
            .maximumPoolSize(1)
            .statementTimeout(Duration.ofSeconds(7))
            .build();
    try (Database one = Database.open(config)) {
      ask(one, "SELECT set_config('work_mem', '5432kB', false)");
      String settings = ask(one, SETTINGS);

      ImportSession.open(one, "public").close();

      assertThat(ask(one, SETTINGS)).isEqualTo(settings).contains("TimeZone=UTC", "=7000", "5432");
    } finally {
      TimeZone.setDefault(before);
      SharedServer.drop(shared);
    }
  }

  /** A killed program's claim would otherwise be held until the server has made its index. */
  @Test
  @Timeout(60)
  void endsSoonWhereItsClientHasGoneWhileTheServerWorks() throws SQLException {
    Database shared = SharedServer.create();
    String atWork =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND state = 'active' AND query LIKE 'SELECT pg_sleep%'";
    try {
      ImportSession session = ImportSession.openAnother(shared, "public");
      session.claim("public");
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> session.run("SELECT pg_sleep(3600)"))
                      .isInstanceOf(SQLException.class));
      awaitAnswer(shared, atWork, "1");
      session.connection().abort(Runnable::run);
      work.join();

      awaitAnswer(shared, atWork, "0");
      ImportSession next = ImportSession.open(shared, "public");
      next.claim("public");
      next.close();
    } finally {
      SharedServer.drop(shared);
    }
  }

  private static void awaitAnswer(Database database, String sql, String expected)
      throws SQLException {
    while (!ask(database, sql).equals(expected)) {
      Thread.onSpinWait();
    }
  }

  private static String ask(Database database, String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
