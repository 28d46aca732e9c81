package dev.outgrow.migration.statement;

import dev.outgrow.migration.statement.Token.Kind;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts SQL into pieces. It takes whatever there is: what is opened and not closed goes to the end.
 */
final class Lexer {
  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9][\\p{L}0-9_.]*");

  /** A comment and where it is. */
  record Comment(String text, int begin) {}

  private final String sql;
  private final boolean postgres;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private int at;

  Lexer(String sql, Dialect dialect) {
    this.sql = sql;
    this.postgres = dialect == Dialect.POSTGRESQL;
    while (at < sql.length()) {
      step();
    }
  }

  List<Token> tokens() {
    return tokens;
  }

  List<Comment> comments() {
    return comments;
  }

  private void step() {
    char c = sql.charAt(at);
    int begin = at;
    if (Character.isWhitespace(c) || c == '\uFEFF') {
      at++;
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
      comments.add(new Comment(sql.substring(begin, at), begin));
    } else if (sql.startsWith("/*", at)) {
      comment();
      comments.add(new Comment(sql.substring(begin, at), begin));
    } else {
      Kind kind = piece(c);
      tokens.add(new Token(kind, sql.substring(begin, at), begin, at));
      if (kind == Kind.SIGN && c == ';' && postgres) {
        copiedRows();
      }
    }
  }

  private Kind piece(char c) {
    if (c == '\'') {
      quoted('\'', postgres && isEscape());
      return Kind.TEXT;
    } else if (c == '"' || (!postgres && (c == '`' || c == '['))) {
      quoted(c == '[' ? ']' : c, false);
      return Kind.QUOTED;
    } else if (postgres && c == '$' && isPattern(DOLLAR)) {
      dollar();
      return Kind.TEXT;
    } else if (isPattern(WORD)) {
      at = end(WORD);
      return Kind.WORD;
    } else if (isPattern(NUMBER)) {
      at = end(NUMBER);
      return Kind.NUMBER;
    }
    at += sql.startsWith("::", at) ? 2 : 1;
    return Kind.SIGN;
  }

  private boolean isPattern(Pattern pattern) {
    return pattern.matcher(sql).region(at, sql.length()).lookingAt();
  }

  private int end(Pattern pattern) {
    Matcher matcher = pattern.matcher(sql).region(at, sql.length());
    return matcher.lookingAt() ? matcher.end() : at;
  }

  /** On PostgreSQL comments can stand in one another. */
  private void comment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at) && (postgres || depth == 0)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    at = Math.min(at, sql.length());
  }

  /** Returns whether the quote here is that of {@code E'…'}: a backslash hides what follows. */
  private boolean isEscape() {
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    return last != null && last.end() == at && last.is("e");
  }

  private void quoted(char close, boolean escapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (escapes && c == '\\') {
        at = Math.min(at + 1, sql.length());
      } else if (c == close) {
        if (close == ']' || at >= sql.length() || sql.charAt(at) != close) {
          return;
        }
        at++;
      }
    }
  }

  private void dollar() {
    int open = end(DOLLAR);
    String tag = sql.substring(at, open);
    int close = sql.indexOf(tag, open);
    at = close < 0 ? sql.length() : close + tag.length();
  }

  /** Goes behind the rows that follow {@code COPY … FROM STDIN;}, which end with {@code \.}. */
  private void copiedRows() {
    int from = tokens.size() - 2;
    if (from < 1 || !tokens.get(from).is("stdin") || !tokens.get(from - 1).is("from")) {
      return;
    }
    int close = sql.indexOf("\n\\.", at);
    at = close < 0 ? sql.length() : close + 3;
  }
}
