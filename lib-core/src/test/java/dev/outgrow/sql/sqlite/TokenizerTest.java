package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "abc~WORD",
        "_a$1~WORD",
        "été😀~WORD",
        "x~WORD",
        "\"a\"\"b\"~QUOTED_NAME",
        "[a\"'b]~QUOTED_NAME",
        "`a``b`~QUOTED_NAME",
        "'it''s'~STRING",
        "''~STRING",
        "0~INTEGER",
        "1_000~INTEGER",
        "0xFf~INTEGER",
        "0xF_f~INTEGER",
        "1.~FLOAT",
        ".5~FLOAT",
        "1e5~FLOAT",
        "1.5E-10~FLOAT",
        "1_0.0_1e1_0~FLOAT",
        "x''~BLOB",
        "X'0aFF'~BLOB",
        "?~PARAMETER",
        "?12~PARAMETER",
        ":a~PARAMETER",
        "@a~PARAMETER",
        "$a::b(c)~PARAMETER",
        "->>~OPERATOR",
        "->~OPERATOR",
        "||~OPERATOR",
        "==~OPERATOR",
        "!=~OPERATOR",
        "<>~OPERATOR",
        "<<~OPERATOR",
        ">=~OPERATOR",
        "!~ILLEGAL",
        "'open~ILLEGAL",
        "'open''~ILLEGAL",
        "[open~ILLEGAL",
        "x'0'~ILLEGAL",
        "x'0g'~ILLEGAL",
        "x'00~ILLEGAL",
        "12ab~ILLEGAL",
        "1__0~ILLEGAL",
        "1_~ILLEGAL",
        "1_.5~ILLEGAL",
        "0x1g~ILLEGAL",
        ":~ILLEGAL",
        "$a(b~ILLEGAL",
        "\\~ILLEGAL",
      })
  void tellsWhatASingleTokenIs(String token, Kind kind) {
    assertThat(Tokenizer.tokens(token)).containsExactly(new Token(kind, token, 0, token.length()));
  }

  @Test
  void keepsThePlaceOfEachToken() {
    assertThat(Tokenizer.tokens(" a\f-- not 'open\n<b/* > */>c"))
        .containsExactly(
            new Token(Kind.WORD, "a", 1, 2),
            new Token(Kind.OPERATOR, "<", 16, 17),
            new Token(Kind.WORD, "b", 17, 18),
            new Token(Kind.OPERATOR, ">", 25, 26),
            new Token(Kind.WORD, "c", 26, 27));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-- a",
        "/* a",
        "/* a *",
        "/**",
        "/***/",
        "\uFEFF",
        " \u000B\f\r\n\t",
        "--"
      })
  void findsNothingInBlanks(String text) {
    assertThat(Tokenizer.tokens(text)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void cutsWhereSqliteCuts(String text, List<String> tokens) {
    assertThat(Tokenizer.tokens(text).stream().map(Token::text).toList()).isEqualTo(tokens);
  }

  static Stream<Arguments> cutsWhereSqliteCuts() {
    return Stream.of(
        arguments("1.5.2", List.of("1.5", ".2")),
        arguments("1e+a", List.of("1e", "+", "a")),
        arguments("a->>b", List.of("a", "->>", "b")),
        arguments("a->b", List.of("a", "->", "b")),
        arguments("a--b", List.of("a")),
        arguments("1-1", List.of("1", "-", "1")),
        arguments("a.b", List.of("a", ".", "b")),
        arguments("a..5", List.of("a", ".", ".5")),
        arguments("/*", List.of("/", "*")),
        arguments("<<>>=", List.of("<<", ">>", "=")),
        arguments("'a'x'00'", List.of("'a'", "x'00'")),
        arguments("a\u000Bb", List.of("a", "\u000B", "b")),
        arguments("a \u000Bb", List.of("a", "b")),
        arguments("??", List.of("?", "?")),
        arguments("===", List.of("==", "=")),
        arguments("!a", List.of("!", "a")));
  }

  @Test
  void undoesQuotes() {
    assertThat(
            Tokenizer.tokens("a \"b\"\"b\" [c\"\"c] `d``d` 'e''e' 1").stream().map(Token::unquoted))
        .containsExactly("a", "b\"b", "c\"\"c", "d`d", "e'e", "1");
  }

  @Test
  void comparesKeywordsByTheLettersOfAsciiAlone() {
    assertThat(Tokenizer.tokens("kEY").get(0).is("KEY")).isTrue();
    assertThat(Tokenizer.tokens("\u212AEY").get(0).is("KEY")).isFalse();
    assertThat(Tokenizer.tokens("\"KEY\"").get(0).is("KEY")).isFalse();
  }
}
