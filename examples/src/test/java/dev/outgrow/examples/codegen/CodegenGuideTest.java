package dev.outgrow.examples.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.codegen.CodegenCheck;
import dev.outgrow.database.Database;
import dev.outgrow.examples.media.MediaChains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import media.db.core.tables.pojos.Users;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is compiled, and does what the guide says. */
class CodegenGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path SOURCE =
      ROOT.resolve("examples/src/test/java/dev/outgrow/examples/codegen/CodegenGuide.java");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/codegen.md"));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SOURCE))
            .results()
            .map((MatchResult b) -> b.group(2).stripTrailing().stripIndent())
            .toList();
    assertThat(blocks).hasSize(2);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
  }

  /** If this fails, run it with the system property {@code outgrow.generate} set. */
  @Test
  @Tag("slow")
  void theExamplesClassesAreWhatItsMigrationsMake() {
    Path sources = ROOT.resolve("examples/src/main/java");
    if (Boolean.getBoolean("outgrow.generate")) {
      CodegenGuide.media(sources).run();
    }
    CodegenCheck check = CodegenGuide.media(sources).check();

    assertThat(check.changes()).isEmpty();
  }

  @Test
  void generatedClassesReadMomentsFromEitherBackend() {
    try (Database db = Database.open("sqlite:///" + folder.resolve("media.db"))) {
      MediaChains.of(db, login -> {}).migrate();
      db.inTransaction(
          tx -> {
            try (Statement statement = tx.connection().createStatement()) {
              statement.execute(
                  "INSERT INTO users (username, added_at, last_seen) VALUES ('ada', 1700000000, 1700000100)");
            }
          });

      List<Users> seen = CodegenGuide.seenSince(db, Instant.ofEpochSecond(1_700_000_100));

      assertThat(seen).hasSize(1);
      assertThat(seen.get(0).addedAt()).isEqualTo("2023-11-14T22:13:20Z");
      assertThat(seen.get(0).email()).isNull();
    }
  }
}
