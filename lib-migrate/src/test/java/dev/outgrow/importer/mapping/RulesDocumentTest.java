package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.source.Reading.Form;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints the guide's tables; with {@code -Doutgrow.print=true} into the guide itself. */
class RulesDocumentTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/rules.md");
  private static final String BEGIN = "<!-- printed by RulesDocumentTest -->\n";
  private static final String END = "<!-- end -->\n";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @Test
  void theGuideSaysWhatTheCodeDoes() throws Exception {
    String guide = Files.readString(GUIDE);
    if (Boolean.getBoolean("outgrow.print")) {
      guide = replaced(guide);
      Files.writeString(GUIDE, guide);
    }
    assertThat(guide).isEqualTo(replaced(guide));
  }

  private static String replaced(String guide) {
    int begin = guide.indexOf(BEGIN);
    int end = guide.indexOf(END);
    assertThat(begin).isNotNegative();
    assertThat(end).isGreaterThan(begin);
    return guide.substring(0, begin + BEGIN.length())
        + String.join("\n", settings(), forms(), types())
        + guide.substring(end);
  }

  @Test
  void hasExamplesThatAreRules() throws Exception {
    List<String> blocks =
        Stream.of(Files.readString(GUIDE).split("```")).filter(b -> b.startsWith("ini\n")).toList();

    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      Path file = Files.writeString(folder.resolve("rules.ini"), block.substring(4));
      assertThat(Rules.read(file).isEmpty()).isFalse();
    }
  }

  private static String settings() {
    return "| setting | value | says |\n|---|---|---|\n"
        + RuleSetting.ROWS.stream()
            .map(r -> "| `" + r.word() + "` | " + r.allowed() + " | " + r.effect() + " |\n")
            .collect(Collectors.joining());
  }

  private static String forms() {
    return "| read | a cell is |\n|---|---|\n"
        + Arrays.stream(Form.values())
            .map(f -> "| `" + f.word() + "` | " + f.meaning() + " |\n")
            .collect(Collectors.joining());
  }

  private static String types() {
    return "| type | read, the usual first |\n|---|---|\n"
        + RuleTypes.ROWS.stream()
            .map(
                r ->
                    "| "
                        + r.names().stream()
                            .map(n -> "`" + n + "`")
                            .collect(Collectors.joining(", "))
                        + " | "
                        + r.forms().stream()
                            .map(f -> "`" + f.word() + "`")
                            .collect(Collectors.joining(", "))
                        + " |\n")
            .collect(Collectors.joining());
  }
}
