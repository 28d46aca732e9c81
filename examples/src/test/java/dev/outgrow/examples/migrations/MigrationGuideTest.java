package dev.outgrow.examples.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.Database;
import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is compiled, and does what the guide says. */
class MigrationGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path SOURCE =
      ROOT.resolve("examples/src/test/java/dev/outgrow/examples/migrations/MigrationGuide.java");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/migrations.md"));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SOURCE))
            .results()
            .map((MatchResult b) -> b.group(2))
            .toList();
    assertThat(blocks).hasSize(2);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
  }

  @Test
  void itNamesEveryState() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/migrations.md"));
    for (ChainState state : ChainState.values()) {
      assertThat(guide).contains("| " + state + " |");
    }
  }

  @Test
  void anEmptyDatabaseIsInitialisedFromTheClassPath() {
    try (Database db = Database.open("sqlite:///" + folder.resolve("media.db"))) {
      Migrations migrations = MigrationGuide.chains(db);
      assertThat(MigrationGuide.start(migrations).isCurrent()).isTrue();
      assertThat(migrations.check().unknownTables()).isEmpty();
    }
  }
}
