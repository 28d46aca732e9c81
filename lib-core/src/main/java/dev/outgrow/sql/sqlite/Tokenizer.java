package dev.outgrow.sql.sqlite;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL into tokens exactly as SQLite does. White space and comments are left out; their places
 * can be told from the offsets.
 *
 * <p>Nothing is refused here: what SQLite does not recognise becomes a token of the kind {@link
 * Kind#ILLEGAL}, and the cutting goes on behind it.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Tokenizer {
  /** Stands for what is behind the last character. SQLite ends its own texts with it. */
  static final char END = '\0';

  private static final List<String> LONG_OPERATORS =
      List.of("->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!=");
  private static final String SHORT_OPERATORS = "();+-*/%=<>|,&~.";

  private final String sql;
  private int at;

  private Tokenizer(String sql) {
    this.sql = sql;
  }

  /** Returns the tokens of this text in order. */
  public static List<Token> tokens(String sql) {
    List<Token> tokens = new ArrayList<>();
    Tokenizer tokenizer = new Tokenizer(sql);
    while (tokenizer.skipBlanks()) {
      tokens.add(tokenizer.next());
    }
    return List.copyOf(tokens);
  }

  /** Returns whether something is left behind white space and comments. */
  private boolean skipBlanks() {
    while (at < sql.length()) {
      int end = endOfBlank();
      if (end == at) {
        return true;
      }
      at = end;
    }
    return false;
  }

  private int endOfBlank() {
    char c = charAt(at);
    if (startsSpace(c)) {
      return endWhile(at + 1, Tokenizer::isSpace);
    }
    if (c == '-' && charAt(at + 1) == '-') {
      int end = sql.indexOf('\n', at);
      return end < 0 ? sql.length() : end;
    }
    // A slash and a star with nothing behind them are two operators, not a comment.
    if (c == '/' && charAt(at + 1) == '*' && at + 2 < sql.length()) {
      int end = sql.indexOf("*/", at + 2);
      return end < 0 ? sql.length() : end + 2;
    }
    return c == '\uFEFF' ? at + 1 : at;
  }

  private Token next() {
    char c = charAt(at);
    return switch (c) {
      case '\'' -> quoted(Kind.STRING);
      case '"', '`' -> quoted(Kind.QUOTED_NAME);
      case '[' -> bracketed();
      case '?' -> token(Kind.PARAMETER, endWhile(at + 1, Tokenizer::isDigit));
      case '$', '@', ':', '#' -> parameter();
      case 'x', 'X' -> charAt(at + 1) == '\'' ? blob() : word();
      case '.' -> isDigit(charAt(at + 1)) ? number() : operator();
      default -> isDigit(c) ? number() : isNameCharacter(c) ? word() : operator();
    };
  }

  private Token quoted(Kind kind) {
    char quote = charAt(at);
    int closing = sql.indexOf(quote, at + 1);
    while (closing >= 0 && charAt(closing + 1) == quote) {
      closing = sql.indexOf(quote, closing + 2);
    }
    return closing < 0 ? token(Kind.ILLEGAL, sql.length()) : token(kind, closing + 1);
  }

  private Token bracketed() {
    int end = sql.indexOf(']', at);
    return end < 0 ? token(Kind.ILLEGAL, sql.length()) : token(Kind.QUOTED_NAME, end + 1);
  }

  private Token word() {
    return token(Kind.WORD, endWhile(at + 1, Tokenizer::isNameCharacter));
  }

  private Token number() {
    NumberScan number = NumberScan.at(sql, at);
    return token(number.kind(), number.end());
  }

  private Token blob() {
    int end = endWhile(at + 2, Tokenizer::isHexDigit);
    if (charAt(end) == '\'' && (end - at) % 2 == 0) {
      return token(Kind.BLOB, end + 1);
    }
    int quote = sql.indexOf('\'', end);
    return token(Kind.ILLEGAL, quote < 0 ? sql.length() : quote + 1);
  }

  /** A name with, as Tcl has it, {@code ::} inside and one group of brackets at its end. */
  private Token parameter() {
    int i = at + 1;
    boolean named = false;
    while (true) {
      char c = charAt(i);
      if (isNameCharacter(c)) {
        named = true;
        i++;
      } else if (c == ':' && charAt(i + 1) == ':') {
        i += 2;
      } else if (c == '(' && named) {
        int end = endWhile(i + 1, p -> p != END && p != ')' && !isSpace(p));
        return charAt(end) == ')' ? token(Kind.PARAMETER, end + 1) : token(Kind.ILLEGAL, end);
      } else {
        return token(named ? Kind.PARAMETER : Kind.ILLEGAL, i);
      }
    }
  }

  private Token operator() {
    for (String operator : LONG_OPERATORS) {
      if (sql.startsWith(operator, at)) {
        return token(Kind.OPERATOR, at + operator.length());
      }
    }
    boolean known = SHORT_OPERATORS.indexOf(charAt(at)) >= 0;
    return token(known ? Kind.OPERATOR : Kind.ILLEGAL, at + 1);
  }

  private Token token(Kind kind, int end) {
    int start = at;
    at = end;
    return new Token(kind, sql.substring(start, end), start, end);
  }

  private char charAt(int i) {
    return i < sql.length() ? sql.charAt(i) : END;
  }

  private int endWhile(int from, CharacterClass characters) {
    int i = from;
    while (i < sql.length() && characters.holds(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean startsSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  /** A vertical tab goes on with white space but does not begin it. */
  private static boolean isSpace(char c) {
    return startsSpace(c) || c == '\u000B';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static boolean isNameCharacter(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }

  private interface CharacterClass {
    boolean holds(char c);
  }
}
