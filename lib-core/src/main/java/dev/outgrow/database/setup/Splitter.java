package dev.outgrow.database.setup;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a script of PostgreSQL into statements: at a semicolon that is in no quote, no comment, no
 * bracket and no body of a function in standard SQL ({@code BEGIN ATOMIC … END}).
 */
final class Splitter {
  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern ROUTINE =
      Pattern.compile("create (?:or replace )?(?:function|procedure) .*");

  private final String script;
  private final String sql;
  private final List<Script.Statement> statements = new ArrayList<>();
  private int at;
  private int begin = -1;
  private int brackets;
  private int bodies;
  private final StringBuilder words = new StringBuilder();

  Splitter(String script, String sql) {
    this.script = script;
    this.sql = sql;
  }

  static String firstWord(String statement) {
    Matcher word = WORD.matcher(statement);
    return word.lookingAt() ? word.group().toLowerCase(Locale.ROOT) : "";
  }

  List<Script.Statement> statements() {
    while (at < sql.length()) {
      step();
    }
    if (brackets > 0) {
      throw open(begin, "a bracket");
    }
    if (bodies > 0) {
      throw open(begin, "a body that begins with BEGIN ATOMIC");
    }
    end();
    return List.copyOf(statements);
  }

  private void step() {
    char c = sql.charAt(at);
    if (Character.isWhitespace(c) || c == '\uFEFF') {
      at++;
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      comment();
    } else if (c == ';' && brackets == 0 && bodies == 0) {
      end();
      at++;
    } else {
      begin = begin < 0 ? at : begin;
      part(c);
    }
  }

  private void part(char c) {
    if (c == '\'') {
      quoted('\'', isEscape());
    } else if (c == '"') {
      quoted('"', false);
    } else if (c == '$') {
      dollar();
    } else if (Character.isLetter(c) || c == '_') {
      word();
    } else {
      brackets += c == '(' ? 1 : c == ')' && brackets > 0 ? -1 : 0;
      at++;
    }
  }

  /** Comments can stand in one another. */
  private void comment() {
    int opened = at;
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else if (at++ >= sql.length()) {
        throw open(opened, "a comment");
      }
    } while (depth > 0);
  }

  /**
   * Returns whether the quote here is that of {@code E'…'}, in which a backslash hides the next.
   */
  private boolean isEscape() {
    boolean e = at > 0 && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
    return e && (at == 1 || !isPartOfWord(sql.charAt(at - 2)));
  }

  private static boolean isPartOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private void quoted(char quote, boolean escapes) {
    int opened = at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (escapes && c == '\\') {
        at++;
      } else if (c == quote) {
        if (at < sql.length() && sql.charAt(at) == quote) {
          at++;
        } else {
          return;
        }
      }
    }
    throw open(opened, "a quote");
  }

  private void dollar() {
    Matcher tag = DOLLAR.matcher(sql).region(at, sql.length());
    if (!tag.lookingAt()) {
      at++;
      return;
    }
    int close = sql.indexOf(tag.group(), tag.end());
    if (close < 0) {
      throw open(at, "a quote " + tag.group());
    }
    at = close + tag.group().length();
  }

  /** A word may hold a dollar, which then opens no quote. */
  private void word() {
    Matcher matcher = WORD.matcher(sql).region(at, sql.length());
    int from = at;
    at = matcher.lookingAt() ? matcher.end() : at + 1;
    String word = sql.substring(from, at).toLowerCase(Locale.ROOT);
    if (words.length() < 64) {
      words.append(word).append(' ');
    }
    if (brackets == 0 && ROUTINE.matcher(words).matches()) {
      boolean opens = word.equals("begin") || (word.equals("case") && bodies > 0);
      bodies += opens ? 1 : word.equals("end") && bodies > 0 ? -1 : 0;
    }
  }

  private void end() {
    if (begin >= 0) {
      int line = 1 + (int) sql.substring(0, begin).chars().filter(c -> c == '\n').count();
      statements.add(new Script.Statement(script, line, sql.substring(begin, at).strip()));
    }
    begin = -1;
    bodies = 0;
    words.setLength(0);
  }

  private ConfigurationException open(int where, String what) {
    long line = 1 + sql.substring(0, Math.max(0, where)).chars().filter(c -> c == '\n').count();
    return new ConfigurationException(
        "script " + script + ", line " + line, what, "what is opened is closed in the same script");
  }
}
