package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.database.setup.DatabaseSetup;
import dev.outgrow.database.setup.Script;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The SQL of each page runs on PostgreSQL, twice where the page says that it can. */
class SqlBlocksTest {
  /** The pages with SQL, and the tables that are there before. */
  private static final Map<String, List<String>> PAGES =
      Map.of(
          "docs/getting-started.md", List.of(),
          "docs/operations.md", List.of(),
          "docs/safe-changes.md", List.of("CREATE TABLE plays (id bigint, user_id bigint)"));

  static boolean isRun(CodeBlock block) {
    return PAGES.containsKey(block.page());
  }

  @Test
  void itRuns() {
    try (ScratchServer server = ScratchServer.start()) {
      for (CodeBlock block : Pages.blocks()) {
        if (block.language().equals("sql") && isRun(block)) {
          try (Database db = Database.open(server.createDatabase())) {
            execute(db, PAGES.getOrDefault(block.page(), List.of()));
            run(db, block);
          }
        }
      }
    }
  }

  private static void run(Database db, CodeBlock block) {
    Script script = new Script(block.place(), block.text());
    DatabaseSetup setup = DatabaseSetup.of(script);
    assertThat(setup.statements()).isNotEmpty();
    setup.run(db);
    if (block.text().contains("IF NOT EXISTS")) {
      setup.run(db);
    }
  }

  private static void execute(Database db, List<String> statements) {
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
