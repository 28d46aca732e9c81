package dev.outgrow.database.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "(a > 0)~a > 0",
        "((a))~a",
        "a~a",
        "(a) OR (b)~(a) OR (b)",
        "((a) OR (b))~(a) OR (b)",
        "(a = ')')~a = ')'",
        "(a = 'it''s)' OR \"b)\" = '(')~a = 'it''s)' OR \"b)\" = '('",
        "('(')~'('",
      })
  void takesOffOnlyWhatSurroundsTheWhole(String expression, String inner) {
    assertThat(Brackets.withoutOuter(expression)).isEqualTo(inner);
  }
}
