package dev.outgrow.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.fixture.SqliteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file is imported, both it and PostgreSQL get the same changes, and what is exported is the file
 * as it is now.
 */
class ExportChangesTest extends ExportFixture {
  private static final List<String> TABLES = List.of("users", "plays");
  private static final int CHANGES = 60;

  private static List<String> changes(long seed) {
    Random random = new Random(seed);
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      int id = 1 + random.nextInt(60);
      int other = 1 + random.nextInt(30);
      changes.add(
          switch (random.nextInt(5)) {
            case 0 -> "UPDATE users SET name = 'user " + i + " ä€' WHERE id = " + other;
            case 1 -> "UPDATE plays SET ratio = " + i + ".0625, title = NULL WHERE id = " + id;
            case 2 -> "DELETE FROM plays WHERE id = " + id;
            case 3 -> "INSERT INTO users(id, name) VALUES (" + (100 + i) + ", 'new " + i + "')";
            default ->
                "INSERT INTO plays(id, who, started, ratio, title) VALUES ("
                    + (1_000 + i)
                    + ", 1, "
                    + (1_700_000_000L + i)
                    + ", -0.5, '')";
          });
    }
    return changes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void exactlyTheChangesAreInTheFile(long seed) throws Exception {
    Path source =
        SqliteFiles.make(
            folder.resolve("app.db"),
            "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
            "CREATE TABLE plays(id INTEGER PRIMARY KEY, who INTEGER REFERENCES users, started INTEGER,"
                + " ratio REAL, title TEXT)",
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) INSERT INTO users"
                + " SELECT i, 'u' || i FROM n",
            "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) INSERT INTO plays"
                + " SELECT i, 1 + i % 30, 1600000000 + i, i / 7.0, 't' || i FROM n");
    Path former = Files.copy(source, folder.resolve("former.db"));
    SqliteImport.from(source).into(server.database()).run();
    String[] changes = changes(seed).toArray(String[]::new);
    server.execute(changes);
    SqliteFiles.make(source, changes);

    SqliteExport.From export = SqliteExport.from(server.database());
    ExportReport like = export.into(folder.resolve("like.db")).like(former).run();
    ExportReport plain = export.into(folder.resolve("plain.db")).run();

    assertThat(like.notCarried()).isEmpty();
    assertThat(plain.notCarried()).isEmpty();
    for (String made : List.of("like.db", "plain.db")) {
      assertThat(TwoFiles.differences(source, folder.resolve(made), TABLES, Set.of())).isEmpty();
    }
  }
}
