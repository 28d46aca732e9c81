package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseConfig;
import dev.outgrow.importer.fixture.SharedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class ImportSessionTest {
  private static final String SETTINGS =
      "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings"
          + " WHERE name IN ('TimeZone', 'search_path', 'statement_timeout', 'work_mem',"
          + " 'idle_in_transaction_session_timeout')";

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

  private static String ask(Database database, String sql) throws SQLException {
    try (Connection connection = database.connection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
