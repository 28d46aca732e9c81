package dev.outgrow.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.guide.GuidePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What the guide shows is compiled, and does what the guide says. */
class ConnectGuideTest {
  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    GuidePage.assertShows("connect.md", "connect/ConnectGuide.java", 5);
  }

  @Test
  void opensOnEitherBackend() throws IOException {
    assertThat(ConnectGuide.open("jdbc:sqlite:" + folder.resolve("app.db")))
        .startsWith("SQLite 3.")
        .endsWith("app.db, named by the program");
    try (ScratchServer server = ScratchServer.start()) {
      String[] access = Files.readString(server.passwordFile()).strip().split(":", -1);
      String url = "postgresql://postgres:" + access[4] + "@127.0.0.1:" + access[1] + "/postgres";

      assertThat(ConnectGuide.open(url))
          .isEqualTo(
              "PostgreSQL "
                  + server.version()
                  + " at postgresql://postgres:***@127.0.0.1:"
                  + access[1]
                  + "/postgres, named by the program");
    }
  }

  @Test
  void takesWhatTheProgramWasToldFirst() {
    try (Database db = ConnectGuide.choose("jdbc:sqlite:" + folder.resolve("told.db"))) {
      assertThat(db.backend()).isEqualTo(Backend.SQLITE);
    }
  }

  @Test
  void opensWhatIsReadyAtOnce() {
    DatabaseChoice choice =
        DatabaseChoice.forApplication("media-history")
            .environment(Map.of())
            .systemProperties(new Properties())
            .dataFolder(folder.resolve("data"))
            .choose();
    try (Database db = ConnectGuide.whenReady(choice)) {
      assertThat(db.describe()).contains("data/media-history.db, since neither the program");
    }
  }

  @Test
  void setsTheOptionsThatItNames() {
    assertThat(ConnectGuide.options(DatabaseUrl.parse("postgres://h/d")).lockTimeout())
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void writesThroughADataSourceThatStaysOpen() throws SQLException {
    SQLiteDataSource springs = new SQLiteDataSource();
    springs.setUrl("jdbc:sqlite:" + folder.resolve("spring.db"));
    try (Connection kept = springs.getConnection();
        Statement statement = kept.createStatement()) {
      statement.execute("CREATE TABLE titles (title TEXT)");
      ConnectGuide.record(springs, "It's");
      try (ResultSet titles = statement.executeQuery("SELECT title FROM titles")) {
        assertThat(titles.getString(1)).isEqualTo("It's");
      }
    }
  }
}
