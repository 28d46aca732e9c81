package dev.outgrow.importer.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ChildJvm;
import dev.outgrow.importer.fixture.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of small databases with bits flipped, cut off, with pages swapped, emptied or taken from
 * another database, with another header or another log: each ends within ten seconds in an error
 * that says what is wrong, or in rows that are those which SQLite's own library reads.
 */
@Tag("slow")
class MutatedCopiesTest {
  private static final boolean EXHAUSTIVE = Boolean.getBoolean("outgrow.exhaustive");
  private static final int COPIES = EXHAUSTIVE ? 10_000 : 500;

  @TempDir private Path folder;

  @Test
  void endInAnErrorThatIsClearOrInTheRowsThatAreThere() throws Exception {
    try (TestDatabase server = TestDatabase.start()) {
      List<String> printed =
          ChildJvm.of(
                  MutatedImports.class,
                  "64m",
                  ChildJvm.url(server.database().url()),
                  folder.toString(),
                  "0",
                  Integer.toString(COPIES))
              .run();

      assertThat(printed).noneMatch(line -> line.startsWith("!"));
      assertThat(count(printed, "verified")).isGreaterThan(COPIES / 5);
      assertThat(count(printed, "SourceFileException")).isGreaterThan(COPIES / 5);
    }
  }

  private static int count(List<String> printed, String end) {
    return printed.stream()
        .filter(line -> line.endsWith(" " + end))
        .mapToInt(line -> Integer.parseInt(line.split(" ", -1)[0]))
        .sum();
  }
}
