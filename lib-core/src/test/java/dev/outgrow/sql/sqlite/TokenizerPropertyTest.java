package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

class TokenizerPropertyTest {
  private static final Pattern REFUSAL =
      Pattern.compile("(unrecognized token: |near )\"(.*)\"", Pattern.DOTALL);

  private final Connection connection;

  TokenizerPropertyTest() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterProperty
  void close() throws SQLException {
    connection.close();
  }

  @Property(tries = 2000)
  void losesNothingOfAnyText(@ForAll String text) {
    checkCoverage(text);
  }

  @Property(tries = 2000)
  void losesNothingOfWhatLooksLikeSql(@ForAll("pieces") String text) {
    checkCoverage(text);
  }

  /** SQLite names the token it stumbles over: it must be one of ours, and illegal to us too. */
  @Property(tries = 2000)
  void stumblesWhereSqliteStumbles(@ForAll("pieces") String text) {
    String sql = "SELECT 1 WHERE " + text;
    List<Token> tokens = Tokenizer.tokens(sql);
    try {
      connection.prepareStatement(sql).close();
      // One statement is prepared, and what follows a semicolon is not looked at.
      assertThat(tokens.stream().takeWhile(token -> !token.is(";")))
          .extracting(Token::kind)
          .doesNotContain(Kind.ILLEGAL);
    } catch (SQLException e) {
      Matcher refusal = REFUSAL.matcher(Objects.requireNonNull(e.getMessage()));
      if (refusal.find()) {
        boolean illegal = refusal.group(1).startsWith("unrecognized");
        assertThat(tokens)
            .anyMatch(
                token ->
                    token.text().equals(refusal.group(2))
                        && ((token.kind() == Kind.ILLEGAL) == illegal || isNumber(token)));
      }
    }
  }

  /** A misplaced underscore in a number is told only where the grammar lets a number stand. */
  private static boolean isNumber(Token token) {
    return token.text().contains("_") && Tokenizer.isDigit(token.text().charAt(0));
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "a",
            "x",
            "X",
            "e",
            "E",
            "0",
            "1",
            "9",
            "_",
            "$",
            ".",
            "'",
            "''",
            "\"",
            "`",
            "[",
            "]",
            "x'",
            "0x",
            "--",
            "/*",
            "*/",
            "*",
            "-",
            "->",
            ">",
            "<",
            "=",
            "!",
            "|",
            "&",
            "~",
            "%",
            "(",
            ")",
            ",",
            "?",
            ":",
            "::",
            "@",
            "#",
            "+",
            "\n",
            " ",
            "\t",
            "\f",
            "\u000B",
            "é",
            "😀",
            "\uFEFF",
            "\u00A0",
            " AND ",
            " COLLATE ",
            "ff",
            "\\",
            "^",
            "{")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  private static void checkCoverage(String text) {
    int end = 0;
    for (Token token : Tokenizer.tokens(text)) {
      assertThat(token.start()).isGreaterThanOrEqualTo(end);
      assertThat(token.end()).isGreaterThan(token.start());
      assertThat(token.text()).isEqualTo(text.substring(token.start(), token.end()));
      assertThat(text.substring(end, token.start())).matches(TokenizerPropertyTest::isBlank);
      end = token.end();
    }
    assertThat(text.substring(end)).matches(TokenizerPropertyTest::isBlank);
  }

  private static boolean isBlank(String gap) {
    return Pattern.compile(
            "(\uFEFF|[ \t\n\f\r][ \t\n\u000B\f\r]*|--[^\n]*|/\\*([^*]|\\*(?!/))*+(\\*/|$))*+")
        .matcher(gap)
        .matches();
  }
}
