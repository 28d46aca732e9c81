package dev.outgrow.importer.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {
  /**
   * Of longer numbers SQLite drops digits before it rounds, so that the last bit may be another
   * one.
   */
  private static final int EXACT_DIGITS = 17;

  @SuppressWarnings("NullAway.Init")
  private static Connection sqlite;

  @BeforeContainer
  static void open() throws SQLException {
    sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterContainer
  static void close() throws SQLException {
    sqlite.close();
  }

  @Property(tries = 3000)
  void readsEveryPlainValueAsSqliteItself(@ForAll("literals") String literal) throws SQLException {
    Literal parsed = Literals.parse(literal).orElseThrow();
    if (parsed instanceof Literal.Real real
        && Double.isFinite(real.value())
        && significantDigits(literal) > EXACT_DIGITS) {
      double theirs = Double.parseDouble(sqlite(literal).substring("real ".length()));
      assertThat(real.value())
          .isBetween(theirs - 2 * Math.ulp(theirs), theirs + 2 * Math.ulp(theirs));
    } else {
      assertThat(describe(parsed)).isEqualTo(sqlite(literal));
    }
  }

  @Property(tries = 2000)
  void neverDisagreesWithSqliteAndNeverFails(@ForAll("scraps") String expression) {
    Optional<String> ours = Literals.parse(expression).map(LiteralsTest::describe);
    if (ours.isPresent()) {
      Optional<String> theirs = evaluated(expression);
      theirs.ifPresent(t -> assertThat(ours).as(expression).contains(t));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NULL|null",
        "null|null",
        "0|integer 0",
        "-0|integer 0",
        "+5|integer 5",
        "- 5|integer -5",
        "(5)|integer 5",
        "((-5))|integer -5",
        "1_000_000|integer 1000000",
        "007|integer 7",
        "9223372036854775807|integer 9223372036854775807",
        "-9223372036854775808|integer -9223372036854775808",
        "9223372036854775808|real 9.223372036854775807E18",
        "-9223372036854775809|real -9.223372036854775807E18",
        "0xff|integer 255",
        "0XFF|integer 255",
        "-0xff|integer -255",
        "0xFFFFFFFFFFFFFFFF|integer -1",
        "0x0000000000000000000ff|integer 255",
        "1.5|real 1.5",
        ".5|real 0.5",
        "5.|real 5.0",
        "1e3|real 1000.0",
        "1.5E-3|real 0.0015",
        "1e400|real Infinity",
        "-1e400|real -Infinity",
        "TRUE|integer 1",
        "fAlSe|integer 0",
        "''|`text `",
        "'it''s'|text it's",
        "'null'|text null",
        "'CURRENT_TIMESTAMP'|text CURRENT_TIMESTAMP",
        "('x')|text x",
        "x''|`blob `",
        "X'0aFF'|blob 0aff"
      })
  void readsAPlainValue(String literal, String value) {
    assertThat(Literals.parse(literal).map(LiteralsTest::describe))
        .contains(value.replace("9.223372036854775807E18", Double.toString(0x1p63)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "()",
        "CURRENT_TIMESTAMP",
        "current_date",
        "datetime('now')",
        "1 + 1",
        "'a' || 'b'",
        "- 'a'",
        "-NULL",
        "--5",
        "\"quoted\"",
        "[name]",
        "name",
        "1 2",
        "(1)(2)",
        "(1",
        "1)",
        "x'0'",
        "x'0g'",
        "'open",
        "0x",
        "0x11111111111111111",
        "-0x8000000000000000",
        "1e",
        "1__0",
        "?",
        "NOT 1"
      })
  void doesNotTakeAnythingElseForAPlainValue(String expression) {
    assertThat(Literals.parse(expression)).isEmpty();
  }

  @Test
  void readsATextThatLooksLikeSomethingElseAsText() {
    assertThat(Literals.parse("'-- no comment'").map(LiteralsTest::describe))
        .contains("text -- no comment");
    assertThat(Literals.parse("'a\n\"b\"\t/*'").map(LiteralsTest::describe))
        .contains("text a\n\"b\"\t/*");
  }

  @Provide
  Arbitrary<String> literals() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(22);
    Arbitrary<String> exponent =
        Combinators.combine(
                Arbitraries.of("e", "E", "e+", "e-"), Arbitraries.integers().between(0, 340))
            .as((e, n) -> e + n);
    Arbitrary<String> hex =
        Arbitraries.strings()
            .withChars("0123456789abcdefABCDEF")
            .ofMinLength(1)
            .ofMaxLength(16)
            .map(h -> "0x" + h);
    Arbitrary<String> number =
        Arbitraries.oneOf(
            digits,
            hex,
            Combinators.combine(digits, digits).as((a, b) -> a + "." + b),
            digits.map(d -> "." + d),
            digits.map(d -> d + "."),
            Combinators.combine(digits, exponent).as((d, e) -> d + e),
            Combinators.combine(digits, digits, exponent).as((a, b, e) -> a + "." + b + e));
    Arbitrary<String> signed =
        Combinators.combine(Arbitraries.of("", "-", "+", "- ", " + "), number)
            .as((s, n) -> s + n)
            .filter(l -> !l.toLowerCase(Locale.ROOT).matches("- ?0x0*8000000000000000"));
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange('\u0001', '\uD7FF')
            .withChars("'\"")
            .ofMaxLength(12)
            .map(t -> "'" + t.replace("'", "''") + "'");
    Arbitrary<String> blob =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(10)
            .map(b -> "x'" + HexFormat.of().formatHex(b) + "'");
    Arbitrary<String> word = Arbitraries.of("NULL", "null", "True", "FALSE");
    return Arbitraries.oneOf(signed, text, blob, word)
        .flatMap(l -> Arbitraries.of(l, "(" + l + ")", "( (" + l + " ))", " " + l + " "));
  }

  @Provide
  Arbitrary<String> scraps() {
    return Arbitraries.of(
            "1",
            "-",
            "+",
            "(",
            ")",
            "'a'",
            "'",
            "x'00'",
            "x'0",
            "0x",
            "0xfffffffffffffffff",
            ".",
            "e5",
            "1e5",
            "_",
            "NULL",
            " ",
            "TRUE",
            "~",
            "--",
            "/*",
            "*/",
            "||",
            "1.5",
            "\"q\"",
            "é")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  private static int significantDigits(String literal) {
    return literal.replaceAll("[eE].*", "").replaceAll("[^0-9]", "").replaceAll("^0+", "").length();
  }

  private static Optional<String> evaluated(String expression) {
    try {
      return Optional.of(sqlite(expression));
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private static String sqlite(String literal) throws SQLException {
    try (Statement statement = sqlite.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT v, typeof(v) FROM (SELECT " + literal + "\n AS v)")) {
      row.next();
      return switch (row.getString(2)) {
        case "null" -> "null";
        case "integer" -> "integer " + row.getLong(1);
        case "real" -> "real " + row.getDouble(1);
        case "text" -> "text " + row.getString(1);
        default -> "blob " + HexFormat.of().formatHex(row.getBytes(1));
      };
    }
  }

  private static String describe(Literal literal) {
    if (literal instanceof Literal.Whole whole) {
      return "integer " + whole.value();
    }
    if (literal instanceof Literal.Real real) {
      return "real " + real.value();
    }
    if (literal instanceof Literal.Text text) {
      return "text " + text.value();
    }
    return literal instanceof Literal.Blob blob
        ? "blob " + HexFormat.of().formatHex(blob.value())
        : "null";
  }
}
