package dev.outgrow.importer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.importer.report.TextTable.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {
  @Test
  void alignsByWhatIsShownAndNotByCharacters() {
    TextTable table = new TextTable().column("title", Side.LEFT).column("plays", Side.RIGHT);
    table.row("図書館", "7").row("Cafe\u0301", "1,234").row("🌊", "12");

    assertThat(table)
        .hasToString(
            """
              title   plays
              ──────  ─────
              図書館      7
              Cafe\u0301    1,234
              🌊         12
            """);
  }

  @Test
  void leavesNoBlanksAtTheEndOfALine() {
    TextTable table = new TextTable().column("a long title", Side.LEFT).row("x");

    assertThat(table.toString().lines()).noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable().column("one", Side.LEFT);

    assertThatThrownBy(() -> table.row("1", "2")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAColumnAfterTheFirstRow() {
    TextTable table = new TextTable().column("one", Side.LEFT).row("1");

    assertThatThrownBy(() -> table.column("two", Side.LEFT))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"abc, 3", "한국, 4", "नीली, 4", "👩‍🚀, 2", "☃️, 1", "👍🏽, 2", "İı, 2", "​a, 1"})
  void countsTheCellsOf(String text, int cells) {
    assertThat(DisplayWidth.of(text)).isEqualTo(cells);
  }
}
