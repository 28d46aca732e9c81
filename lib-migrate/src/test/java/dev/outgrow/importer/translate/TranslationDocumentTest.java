package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Prints the table of functions; with {@code -Doutgrow.print=true} into the document itself. */
class TranslationDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("outgrow.root", ".."), "docs", "translation.md");
  private static final String BEGIN = "<!-- printed by TranslationDocumentTest -->\n";
  private static final String END = "<!-- end -->\n";

  @Test
  void theDocumentSaysWhatTheTableSays() throws Exception {
    String document = Files.readString(DOCUMENT, StandardCharsets.UTF_8);
    if (Boolean.getBoolean("outgrow.print")) {
      document = replaced(document);
      Files.writeString(DOCUMENT, document, StandardCharsets.UTF_8);
    }
    assertThat(document).isEqualTo(replaced(document));
  }

  private static String replaced(String document) throws RefusedException, IOException {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    assertThat(begin).isNotNegative();
    assertThat(end).isGreaterThan(begin);
    return document.substring(0, begin + BEGIN.length()) + table() + document.substring(end);
  }

  private static String table() throws RefusedException {
    StringBuilder table =
        new StringBuilder("| function | of | example | keeps its value | in PostgreSQL |\n");
    table.append("|---|---|---|---|---|\n");
    for (Function function : FunctionTable.all()) {
      String example = function.examples().get(0);
      Typed typed =
          new ExpressionTranslator(
                  Names.of(BothSides.TABLE),
                  query -> {
                    throw new RefusedException("no query", 0);
                  },
                  false)
              .translate(ExpressionParser.parse(example));
      table
          .append("| `")
          .append(function.name())
          .append("` | ")
          .append(function.family().name().toLowerCase(java.util.Locale.ROOT))
          .append(" | `")
          .append(cell(example))
          .append("` | ")
          .append(typed.stability().name().toLowerCase(java.util.Locale.ROOT))
          .append(" | `")
          .append(cell(typed.sql()))
          .append("` |\n");
    }
    return table.toString();
  }

  private static String cell(String sql) {
    return sql.replace("|", "\\|");
  }
}
