package dev.outgrow.examples.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseChoice;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What the guide shows is compiled, and does what the guide says. */
class ConnectGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path SOURCE =
      ROOT.resolve("examples/src/test/java/dev/outgrow/examples/connect/ConnectGuide.java");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/connect.md"));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SOURCE))
            .results()
            .map((MatchResult block) -> block.group(2).stripTrailing().stripIndent())
            .toList();

    assertThat(blocks).hasSize(5);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
    assertThat(guide.split("```java\n", -1)).hasSize(blocks.size() + 1);
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
