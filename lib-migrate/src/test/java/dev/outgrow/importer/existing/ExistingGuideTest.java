package dev.outgrow.importer.existing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables in the guide are those that decide. */
class ExistingGuideTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/existing-tables.md");

  @Test
  void showsWhatEachTypeTakes() throws Exception {
    String table =
        ColumnFit.ROWS.stream().map(ExistingGuideTest::line).collect(Collectors.joining());

    assertThat(Files.readString(GUIDE))
        .contains(
            "| the column is | every value has to be | read back, it is |\n|---|---|---|\n"
                + table);
  }

  private static String line(ColumnFit row) {
    String label = row.types().stream().map(t -> "`" + t + "`").collect(Collectors.joining(", "));
    String types =
        !row.types().isEmpty()
            ? label
            : row.categories().isEmpty()
                ? "any other type"
                : "an enum, a bit string, any other kind of text or number";
    String trait = row.traitFor(new ExistingColumn("c", "", "", -1, 'X', false, null)).words();
    String back =
        switch (row.keeping()) {
          case EXACTLY -> "the same value";
          case BUT_BLANKS -> "the same but for blanks at the end";
          case SPELT_ANEW -> "what the server makes of the same value";
        };
    return "| " + types + " | " + trait + " | " + back + " |\n";
  }

  @Test
  void showsEveryTableOfAMigrationTool() throws Exception {
    String table =
        HistoryTables.ROWS.stream()
            .map(
                r ->
                    "| `"
                        + r.table()
                        + "` | "
                        + r.columns().stream()
                            .map(c -> "`" + c + "`")
                            .collect(Collectors.joining(", "))
                        + " | "
                        + r.tool()
                        + " |\n")
            .collect(Collectors.joining());

    assertThat(Files.readString(GUIDE))
        .contains("| table | with the columns | of |\n|---|---|---|\n" + table);
  }
}
