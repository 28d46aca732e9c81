package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.schema.comparison.SchemaComparison;
import dev.outgrow.schema.comparison.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages show of what a program says is what it says, letter for letter. */
class ShownTextTest {
  /** What makes the texts of a page. */
  @FunctionalInterface
  private interface Maker {
    List<String> texts(ShownTextTest test) throws Exception;
  }

  private static final Map<String, Maker> PAGES =
      Map.of(
          "docs/safe-changes.md", ShownTextTest::findings,
          "docs/schemas.md", ShownTextTest::differences);

  @TempDir private Path folder;

  static boolean isCompared(CodeBlock block) {
    return PAGES.containsKey(block.page());
  }

  @Test
  void isWhatTheProgramSays() throws Exception {
    for (Map.Entry<String, Maker> page : PAGES.entrySet()) {
      List<String> shown =
          CodeBlock.of(page.getKey(), Pages.text(page.getKey())).stream()
              .filter(block -> block.language().equals("text"))
              .map(CodeBlock::text)
              .toList();
      assertThat(page.getValue().texts(this)).containsExactlyElementsOf(shown);
    }
  }

  /** An index and a foreign key are pending, on a table that the server takes for a large one. */
  private List<String> findings() throws Exception {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    Files.writeString(
        scripts.resolve("V1__first.sql"),
        """
        CREATE TABLE users (id bigint PRIMARY KEY);
        CREATE TABLE plays (id bigint, user_id bigint);
        """);
    Chain core = Chain.named("core").location("filesystem:" + scripts).build();
    try (ScratchServer server = ScratchServer.start();
        Database db = Database.open(server.createDatabase())) {
      Migrations migrations = Migrations.of(db).chain(core);
      migrations.migrate();
      execute(
          db,
          "INSERT INTO plays VALUES (1, 920), (2, 940), (3, 960)",
          "ANALYZE plays",
          "UPDATE pg_class SET reltuples = 1200000, relpages = 1 WHERE relname = 'plays'");
      Files.writeString(
          scripts.resolve("V12__index.sql"),
          "-- What people play\n\nCREATE INDEX ix_plays_user ON plays (user_id);\n");
      Preflight index = migrations.preflight();
      Files.delete(scripts.resolve("V12__index.sql"));
      Files.writeString(
          scripts.resolve("V13__key.sql"),
          "ALTER TABLE plays ADD FOREIGN KEY (user_id) REFERENCES users (id);\n");
      Preflight key = migrations.preflight();
      return List.of(index.findings().get(0).text(), key.offenders().get(0).text());
    }
  }

  private List<String> differences() throws Exception {
    String users = "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT";
    String plays = "CREATE TABLE plays (id INTEGER PRIMARY KEY, user_id INTEGER";
    Side expected =
        side(
            "expected.db",
            users + " NOT NULL)",
            plays + " REFERENCES users (id) ON DELETE CASCADE)");
    Side actual = side("actual.db", users + ")", plays + ")");
    return List.of(SchemaComparison.of(expected, actual).text().stripTrailing());
  }

  private Side side(String file, String... statements) {
    try (Database db = Database.open("sqlite:///" + folder.resolve(file))) {
      execute(db, statements);
      return Side.sqlite(LiveSchema.read(db).schema());
    }
  }

  private static void execute(Database db, String... statements) {
    db.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
        });
  }
}
