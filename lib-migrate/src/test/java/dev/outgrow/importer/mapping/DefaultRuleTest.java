package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.translate.Literal;
import dev.outgrow.importer.translate.Literals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A default is what SQLite would store: it converts a value before it stores it. */
class DefaultRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5|BIGINT|5",
        "-9223372036854775808|BIGINT|-9223372036854775808",
        "9223372036854775808|BIGINT|",
        "5.0|BIGINT|5",
        "1e3|BIGINT|1000",
        "5.5|BIGINT|",
        "'5'|BIGINT|5",
        "' 5 '|BIGINT|5",
        "'+5'|BIGINT|5",
        "'5e0'|BIGINT|5",
        "'abc'|BIGINT|",
        "''|BIGINT|",
        "'0x10'|BIGINT|",
        "'٥'|BIGINT|",
        "'\u00A05'|BIGINT|",
        "'\u20035'|BIGINT|",
        "x'35'|BIGINT|",
        "TRUE|BIGINT|1",
        "false|BIGINT|0",
        "0xFF|BIGINT|255",
        "5|NUMERIC|5",
        "5.50|NUMERIC|5.5",
        "'5.50'|NUMERIC|5.5",
        "1e308|NUMERIC|1"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000000",
        "1e400|NUMERIC|",
        "'1e400'|NUMERIC|",
        "'0.1234567890123456789'|NUMERIC|0.12345678901234568",
        "'12345678901234567890'|NUMERIC|12345678901234567000",
        "5|DOUBLE_PRECISION|'5.0'::double precision",
        "-0.5|DOUBLE_PRECISION|'-0.5'::double precision",
        "'1e-7'|DOUBLE_PRECISION|'1e-07'::double precision",
        "9007199254740993|DOUBLE_PRECISION|'9007199254740992.0'::double precision",
        "'abc'|DOUBLE_PRECISION|",
        "'it''s'|TEXT|'it''s'",
        "''|TEXT|''",
        "5|TEXT|'5'",
        "1.50|TEXT|'1.5'",
        "'a\\b'|TEXT|'a\\b'",
        "x'41'|TEXT|",
        "x'00FF'|BYTEA|'\\x00ff'::bytea",
        "''|BYTEA|'\\x'::bytea",
        "'é'|BYTEA|'\\xc3a9'::bytea",
        "12|BYTEA|'\\x3132'::bytea"
      })
  void writesWhatSqliteWouldStore(String literal, TargetType type, @Nullable String sql) {
    assertThat(DefaultRule.sql(Literals.parse(literal).orElseThrow(), type).orElse(null))
        .isEqualTo(sql);
  }

  @Test
  void hasNoTextWithNulAndNothingForNull() {
    assertThat(DefaultRule.sql(new Literal.Text("a\0b"), TargetType.TEXT)).isEmpty();
    for (TargetType type : TargetType.values()) {
      assertThat(DefaultRule.sql(new Literal.Null(), type)).isEmpty();
    }
  }
}
