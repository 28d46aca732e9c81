package dev.outgrow.schema.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prints the guide's table; with {@code -Doutgrow.print=true} into the guide itself. */
class TypesDocumentTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("outgrow.root")).resolve("docs/schemas.md");
  private static final String BEGIN = "<!-- printed by TypesDocumentTest -->\n";
  private static final String END = "<!-- end -->\n";

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
        + "| SQLite | PostgreSQL |\n|---|---|\n"
        + TypeEquivalence.rows().stream().map(TypesDocumentTest::line).collect(Collectors.joining())
        + guide.substring(end);
  }

  private static String line(TypeEquivalence row) {
    String declared =
        row.affinity().isPresent()
            ? row.declaredText()
            : row.declared().stream().map(d -> "`" + d + "`").collect(Collectors.joining(", "));
    return "| "
        + declared
        + " | "
        + row.postgres().stream().map(p -> "`" + p + "`").collect(Collectors.joining(", "))
        + " |\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTEGER | bigint | true",
        "int | integer | true",
        "BIGINT | integer | false",
        "MEDIUMINT UNSIGNED | bigint | true",
        "VARCHAR(10) | character varying(10) | true",
        "VARCHAR ( 10 ) | text | true",
        "VARCHAR(10) | character varying(9) | false",
        "DECIMAL(5, 2) | numeric(5,2) | true",
        "DECIMAL(5) | numeric(5,0) | true",
        "NUMERIC | numeric(5,0) | false",
        "REAL | real | false",
        "DOUBLE PRECISION | double precision | true",
        "DATETIME | timestamp(3) with time zone | false",
        "DATETIME(3) | timestamp(3) with time zone | true",
        "DATETIME | timestamp without time zone | true",
        "TEXT | text[] | false",
        "TEXT | mood | false",
        "LONGBLOB | bytea | true",
        "STRING | numeric | true",
      })
  void decidesByTheFirstRowThatFits(String declared, String postgres, boolean equivalent) {
    assertThat(TypeEquivalence.equivalent(declared, postgres)).isEqualTo(equivalent);
  }
}
