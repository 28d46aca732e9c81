package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.database.scratch.ScratchSettings;
import dev.outgrow.migration.Chain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A template is made anew when what it is made of has changed, and only then. */
@Tag("slow")
class TemplatesTest {
  @TempDir private Path scripts;
  @TempDir private Path folder;

  @AfterEach
  void giveMemoryBack() throws IOException {
    Fork.deleteServers(folder.resolve("cache"));
  }

  @Test
  void oneByteOrASettingMakesAnotherTemplateAndNothingElseDoes() throws Exception {
    Path script = scripts.resolve("V1__notes.sql");
    Files.writeString(script, "CREATE TABLE ${name} (id INTEGER PRIMARY KEY);\n");
    Set<String> first = templatesAfter("notes");

    assertThat(templatesAfter("notes")).isEqualTo(first);

    Files.writeString(script, " ", StandardOpenOption.APPEND);
    Set<String> withAByte = templatesAfter("notes");
    assertThat(withAByte).hasSize(first.size() + 1).containsAll(first);
    assertThat(templatesAfter("other")).hasSize(first.size() + 2).containsAll(withAByte);
  }

  /** Takes a database whose one table has this name, and returns which templates there are. */
  private Set<String> templatesAfter(String table) throws SQLException {
    Chain chain =
        Chain.named("bytes").location("filesystem:" + scripts).placeholder("name", table).build();
    ScratchSettings settings = ScratchSettings.builder().folder(folder.resolve("cache")).build();
    try (ScratchDatabases databases = ScratchDatabases.open(() -> List.of(chain), settings);
        ScratchDatabase taken = databases.postgres();
        Connection connection = taken.database().connection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO " + table + " VALUES (1)");
      return templates(statement);
    }
  }

  private static Set<String> templates(Statement statement) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT datname FROM pg_database WHERE datname LIKE 'outgrow\\_template\\_%'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
