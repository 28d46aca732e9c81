package dev.outgrow.database.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.error.AccessException;
import dev.outgrow.error.ConfigurationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
class ScratchServerTest {
  private final ScratchServer server;

  ScratchServerTest(ScratchServer server) {
    this.server = server;
  }

  @Test
  void saysItsVersion() {
    assertThat(server.version()).isEqualTo(ask(server.url(), "SHOW server_version"));
    assertThat(server.version()).startsWith("18.");
  }

  @Test
  void givesEachDatabaseItsOwnNameAndNothingElse() {
    DatabaseUrl one = server.createDatabase();
    DatabaseUrl other = server.createDatabase();
    try {
      assertThat(one.database()).isNotEqualTo(other.database());
      assertThat(ask(one, "SELECT current_database()")).isEqualTo(one.database());
      assertThat(ask(one, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("0");
    } finally {
      server.dropDatabase(one);
      server.dropDatabase(other);
    }
  }

  @Test
  void dropsADatabaseThatIsStillInUse() {
    DatabaseUrl url = server.createDatabase();
    try (Database open = Database.open(url)) {
      assertThat(open.<Integer>read(tx -> 1)).isEqualTo(1);
      server.dropDatabase(url);
    }

    assertThatExceptionOfType(AccessException.class).isThrownBy(() -> Database.open(url).close());
    server.dropDatabase(url);
  }

  @Test
  void dropsNothingThatItDidNotCreate() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> server.dropDatabase(server.url()));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> server.dropDatabase(DatabaseUrl.parse("postgres://elsewhere/scratch_1")));
  }

  @Test
  void letsNobodyInWithoutItsPassword() {
    String place = "postgresql://postgres@" + server.url().hosts().get(0) + "/postgres";

    assertThatExceptionOfType(AccessException.class).isThrownBy(() -> Database.open(place).close());
  }

  @Test
  void listensToThisMachineAlone() {
    assertThat(ask(server.url(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(ask(server.url(), "SHOW unix_socket_directories")).isEmpty();
  }

  @Test
  void doesNotWaitForTheDisk() {
    assertThat(ask(server.url(), "SHOW fsync")).isEqualTo("off");
  }

  @Test
  void sharesNoMemoryThatWouldOutliveIt() {
    assertThat(ask(server.url(), "SHOW dynamic_shared_memory_type")).isEqualTo("mmap");
  }

  @Test
  void showsNoPassword() {
    assertThat(server).hasToString("PostgreSQL " + server.version() + " at " + server.url());
    assertThat(server.toString()).contains("postgres:***@127.0.0.1:");
  }

  private static String ask(DatabaseUrl url, String sql) {
    try (Database database = Database.open(url)) {
      return database.read(tx -> first(tx.connection(), sql));
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
