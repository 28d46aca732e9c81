package dev.outgrow.migration.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide's table of rules is the rules. */
class SafeChangesDocumentTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root", "..")).resolve("docs/safe-changes.md");

  @Test
  void theTableIsPrintedFromTheRules() throws IOException {
    String table =
        Stream.of(Rule.values()).map(SafeChangesDocumentTest::line).collect(Collectors.joining());
    assertThat(Files.readString(GUIDE)).contains(table);
  }

  private static String line(Rule rule) {
    return "| `"
        + rule.id()
        + "` | "
        + rule.found()
        + " | "
        + rule.effect()
        + " | "
        + rule.scale().name().toLowerCase(Locale.ROOT)
        + " |\n";
  }

  @Test
  void theNumbersAreTheDefaults() throws IOException {
    String guide = Files.readString(GUIDE);
    List.of(Safety.warn(), Safety.refuse(), Safety.off())
        .forEach(safety -> assertThat(safety.bigFrom()).isEqualTo(10_000));
    assertThat(guide).contains("10,000 rows");
  }
}
