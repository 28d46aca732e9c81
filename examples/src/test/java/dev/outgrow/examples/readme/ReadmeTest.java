package dev.outgrow.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled, and does what it says. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(
            ROOT.resolve("examples/src/test/java/dev/outgrow/examples/readme/QuickStart.java"));
    String shown =
        source.substring(after(source, "// begin README\n"), source.indexOf("  // end README"));

    assertThat(shown.lines()).hasSizeLessThanOrEqualTo(10);
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("```java\n" + shown.stripTrailing().stripIndent() + "\n```");
  }

  private static int after(String text, String mark) {
    return text.indexOf(mark) + mark.length();
  }

  @Test
  void itsCodeMovesAFile() throws SQLException, IOException {
    Path file = folder.resolve("app.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO t VALUES (1), (2)");
    }
    try (ScratchServer server = ScratchServer.start()) {
      String[] access = Files.readString(server.passwordFile()).strip().split(":", -1);
      String url = "postgresql://postgres:" + access[4] + "@127.0.0.1:" + access[1] + "/postgres";

      assertThat(QuickStart.move(file, url)).isEqualTo(2);
    }
  }

  @Test
  void itsVersionIsTheVersionThatIsBuilt() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String version =
        pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));

    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("<version>" + version + "</version>");
  }
}
