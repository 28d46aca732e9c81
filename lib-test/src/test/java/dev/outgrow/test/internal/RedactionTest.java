package dev.outgrow.test.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A statement is shown without the values in it. */
class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM users WHERE name = 'O''Brien' | SELECT * FROM users WHERE name = …",
        "INSERT INTO t1 VALUES (1, -2.5e7, 0x1F) | INSERT INTO t1 VALUES (…, -…, …)",
        "SELECT $1, $tag$a 'secret' $x$$tag$, $$b$$ | SELECT $1, …, …",
        "SELECT \"a '1'\" FROM \"b$1\" | SELECT \"a '1'\" FROM \"b$1\"",
        "SELECT 1 /* key 7 */ -- pin 1234 | SELECT … … …",
        "SELECT E'it\\'s secret' | SELECT …",
        "SELECT 'cut off in the mid | SELECT …"
      })
  void showsNoValue(String sql, String shown) {
    assertThat(Redaction.of(sql)).isEqualTo(shown);
  }
}
