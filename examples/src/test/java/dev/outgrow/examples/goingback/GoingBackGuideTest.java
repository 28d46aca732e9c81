package dev.outgrow.examples.goingback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.examples.guide.GuidePage;
import dev.outgrow.exporter.ExportReport;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.mapping.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is compiled, and does what the guide says. */
class GoingBackGuideTest {
  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    GuidePage.assertShows("going-back.md", "goingback/GoingBackGuide.java", 3);
  }

  @Test
  void doesWhatItSays() throws SQLException {
    Path former = folder.resolve("former.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + former);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, at DATETIME)");
      statement.execute("INSERT INTO t VALUES (1, '2024-02-29T10:00')");
    }
    try (ScratchServer server = ScratchServer.start();
        Database postgres = Database.open(server.createDatabase())) {
      SqliteImport.from(former).into(postgres).run();

      ExportReport plain = GoingBackGuide.goBack(postgres, folder.resolve("plain.db"));
      ExportReport like =
          GoingBackGuide.goBackAsBefore(postgres, folder.resolve("like.db"), former, Rules.NONE);

      assertThat(plain.verified()).isTrue();
      assertThat(moment("plain.db")).isEqualTo("2024-02-29 10:00:00");
      assertThat(like.verified()).isTrue();
      assertThat(moment("like.db")).isEqualTo("2024-02-29T10:00");
    }
  }

  private String moment(String file) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT at FROM t")) {
      row.next();
      return row.getString(1);
    }
  }
}
