package dev.outgrow.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.scratch.SharedServer;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL that was read is a URL that logs in. */
@ExtendWith(SharedServer.class)
class PostgresUrlOnServerTest {
  private final ScratchServer server;

  PostgresUrlOnServerTest(ScratchServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a+b", "@:/?#%", "%41", "\"'\\", "ü€日", "&=;,", "[::1]:5432/x"})
  void logsInWithAHostileUserPasswordAndDatabase(String text) throws Exception {
    String name = Dialect.POSTGRESQL.quote(text);
    try (Database admin = Database.open(server.url());
        Connection connection = admin.connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE ROLE " + name + " LOGIN PASSWORD " + Dialect.POSTGRESQL.literal(text));
      statement.execute("CREATE DATABASE " + name + " OWNER " + name + " TEMPLATE template0");
      try {
        String escaped = Percent.encode(text);
        String place = server.url().hosts().get(0) + "/" + escaped;
        assertLogsIn("postgresql://" + escaped + ":" + escaped + "@" + place, text);
        assertLogsIn(
            "jdbc:postgresql://" + place + "?user=" + escaped + "&password=" + escaped, text);
      } finally {
        statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
        statement.execute("DROP ROLE " + name);
      }
    }
  }

  private static void assertLogsIn(String url, String text) {
    try (Database database = Database.open(url)) {
      assertThat(database.<String>read(tx -> DatabaseContract.text(tx, "SELECT current_user")))
          .isEqualTo(text);
      assertThat(
              database.<String>read(tx -> DatabaseContract.text(tx, "SELECT current_database()")))
          .isEqualTo(text);
    }
  }

  @Test
  void triesTheHostsInTurn() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    try (Database database = Database.open(withQuery("", "127.0.0.1:" + nobody + ","))) {
      assertThat(database.<String>read(tx -> DatabaseContract.text(tx, "SELECT 'here'")))
          .isEqualTo("here");
    }
  }

  @Test
  void handsLibpqsParametersToTheServer() {
    DatabaseUrl url =
        withQuery("?application_name=from%20url&options=-c%20statement_timeout%3D4321", "");
    try (Database database = Database.open(url)) {
      assertThat(show(database, "application_name")).isEqualTo("from url");
      assertThat(show(database, "statement_timeout")).isEqualTo("4321ms");
      assertThat(show(database, "TimeZone")).isEqualTo("UTC");
    }
  }

  private static String show(Database database, String setting) {
    return database.read(tx -> DatabaseContract.text(tx, "SHOW " + setting));
  }

  private DatabaseUrl withQuery(String query, String hostsBefore) {
    DatabaseUrl url = server.url();
    return DatabaseUrl.parse("postgres://" + hostsBefore + url.hosts().get(0) + "/postgres" + query)
        .withUser("postgres", String.valueOf(url.password()));
  }
}
