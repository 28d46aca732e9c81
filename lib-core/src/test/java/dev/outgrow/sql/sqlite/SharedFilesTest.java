package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Every definition in SQLite files that others made, where there are any. */
class SharedFilesTest {
  private static final Path DATA = Path.of(System.getProperty("outgrow.shared", "none"), "data");

  @Test
  void readsEveryDefinitionOfEveryFile(@TempDir Path folder) throws IOException, SQLException {
    assumeTrue(Files.isDirectory(DATA), "no folder " + DATA);
    List<Path> files;
    try (Stream<Path> all = Files.walk(DATA)) {
      files = all.filter(file -> file.toString().matches(".*\\.(db|sqlite)")).sorted().toList();
    }
    int definitions = 0;
    for (Path file : files) {
      // A copy, so that nothing is ever written beside a file of others.
      Path copy = Files.copy(file, folder.resolve("copy" + files.indexOf(file)));
      definitions += check(copy, file);
    }
    assertThat(definitions).isGreaterThan(files.size());
  }

  /** Returns the number of definitions; none for a file that SQLite itself cannot open. */
  private static int check(Path copy, Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + copy)) {
      List<String> texts = texts(connection);
      for (String sql : texts) {
        Parsed<Definition> parsed = Definition.parse(sql);
        assertThat(parsed).as("%s: %s", file, sql).isInstanceOf(Parsed.Read.class);
        if (parsed.value().orElseThrow() instanceof TableDefinition table) {
          SqliteOracle.check(connection, table);
        }
      }
      return texts.size();
    }
  }

  private static List<String> texts(Connection connection) {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    } catch (SQLException e) {
      assertThat(e.getMessage()).containsAnyOf("malformed", "not a database");
    }
    return texts;
  }
}
