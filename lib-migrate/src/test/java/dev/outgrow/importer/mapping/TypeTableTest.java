package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of types in the guide are those that decide. */
class TypeTableTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/how-it-works.md");

  @Test
  void showsEveryNameOfATypeInTheGuide() throws Exception {
    String table =
        WellKnown.ROWS.stream()
            .map(
                row ->
                    "   | "
                        + row.names().stream()
                            .map(n -> "`" + n + "`")
                            .collect(Collectors.joining(", "))
                        + " | "
                        + row.name()
                        + " | `"
                        + row.label()
                        + "` |\n")
            .collect(Collectors.joining());

    assertThat(Files.readString(GUIDE))
        .contains(
            "   | declared as | every value is one of | becomes |\n   |---|---|---|\n" + table);
  }

  @Test
  void showsEveryLineThatDecidesWithoutANameInTheGuide() throws Exception {
    String table =
        Stream.concat(TypeRule.DECLARED.stream(), TypeRule.HELD.stream())
            .map(rule -> "   | " + rule.name() + " | `" + rule.label() + "` |\n")
            .collect(Collectors.joining());

    assertThat(Files.readString(GUIDE)).contains("   | column | becomes |\n   |---|---|\n" + table);
  }
}
