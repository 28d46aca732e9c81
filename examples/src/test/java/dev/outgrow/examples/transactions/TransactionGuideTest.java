package dev.outgrow.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.error.ConstraintException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows is compiled, and does what the guide says, on both backends. */
class TransactionGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path SOURCE =
      ROOT.resolve(
          "examples/src/test/java/dev/outgrow/examples/transactions/TransactionGuide.java");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/transactions.md"));
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
  void doesWhatItSaysOnBothBackends() {
    try (ScratchServer server = ScratchServer.start()) {
      for (DatabaseUrl url :
          List.of(DatabaseUrl.sqlite(folder.resolve("app.db")), server.createDatabase())) {
        try (Database db = Database.open(url)) {
          show(db);
        }
      }
    }
  }

  private static void show(Database db) {
    db.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            statement.execute("CREATE TABLE movie (title VARCHAR(40) NOT NULL UNIQUE)");
          }
        });

    assertThat(TransactionGuide.addAndCount(db, "Alien")).isEqualTo(1);
    assertThat(TransactionGuide.addOnce(db, "Alien")).isFalse();
    assertThat(TransactionGuide.addOnce(db, "Brazil")).isTrue();
    TransactionGuide.addIfFew(db, "Casablanca", 2);
    TransactionGuide.addIfFew(db, "Diva", 3);
    assertThat(
            TransactionGuide.explain(
                catchThrowableOfType(
                    ConstraintException.class, () -> TransactionGuide.addAndCount(db, "Diva"))))
        .isEqualTo("There is one already: title");
  }
}
