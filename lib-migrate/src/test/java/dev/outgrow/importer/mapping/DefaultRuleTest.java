package dev.outgrow.importer.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.mapping.TargetType.Base;
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
        "12|BYTEA|'\\x3132'::bytea",
        "0|BOOLEAN|false",
        "1|BOOLEAN|true",
        "'1.0'|BOOLEAN|true",
        "TRUE|BOOLEAN|true",
        "'Yes'|BOOLEAN|true",
        "'off'|BOOLEAN|false",
        "2|BOOLEAN|",
        "'maybe'|BOOLEAN|",
        "x'31'|BOOLEAN|",
        "'2024-02-29'|DATE|'2024-02-29'::date",
        "'2024-02-30'|DATE|",
        "'2024-02-29 10:00'|DATE|",
        "20240229|DATE|",
        "'10:00:00'|TIME|'10:00:00'::time without time zone",
        "'2024-02-29'|TIMESTAMP|'2024-02-29'::timestamp without time zone",
        "'2024-02-29T10:00'|TIMESTAMP|'2024-02-29T10:00'::timestamp without time zone",
        "'2024-02-29T10:00Z'|TIMESTAMP|",
        "'2024-02-29T10:00Z'|TIMESTAMPTZ|'2024-02-29T10:00Z'::timestamp with time zone",
        "0|TIMESTAMP|",
        "'00000000-0000-0000-0000-00000000000a'|UUID|'00000000-0000-0000-0000-00000000000a'::uuid",
        "'0'|UUID|",
        "'{\"a\": [1, 2]}'|JSON|'{\"a\": [1, 2]}'::json",
        "5|JSON|'5'::json",
        "'{'|JSON|"
      })
  void writesWhatSqliteWouldStore(String literal, Base type, @Nullable String sql) {
    TargetType target = new TargetType(type, 0, 0);
    assertThat(DefaultRule.sql(Literals.parse(literal).orElseThrow(), target).orElse(null))
        .isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'abc'|'abc'",
        "''|''",
        "'abcd'|",
        "123|'123'",
        "1234|",
        "'\uD834\uDD1Eab'|'\uD834\uDD1Eab'"
      })
  void keepsToTheLengthOfText(String literal, @Nullable String sql) {
    assertThat(
            DefaultRule.sql(Literals.parse(literal).orElseThrow(), TargetType.varchar(3))
                .orElse(null))
        .isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource({"1.25, 1.25", "999.99, 999.99", "1.255,", "1000,", "0, 0", "'''1.5''', 1.5"})
  void keepsToTheDigitsOfANumber(String literal, @Nullable String sql) {
    assertThat(
            DefaultRule.sql(Literals.parse(literal).orElseThrow(), TargetType.numeric(5, 2))
                .orElse(null))
        .isEqualTo(sql);
  }

  @Test
  void hasNoTextWithNulAndNothingForNull() {
    assertThat(DefaultRule.sql(new Literal.Text("a\0b"), TargetType.TEXT)).isEmpty();
    for (Base type : Base.values()) {
      assertThat(DefaultRule.sql(new Literal.Null(), new TargetType(type, 0, 0))).isEmpty();
    }
  }
}
