package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Token;
import dev.outgrow.sql.sqlite.Token.Kind;
import dev.outgrow.sql.sqlite.Tokenizer;
import java.util.List;

/** Goes through tokens from left to right and keeps count of how deeply they are nested. */
final class Cursor {
  /** SQLite's own limit is 1,000; this much needs no more stack than every thread has. */
  static final int DEEPEST = 200;

  private static final int SHOWN = 40;

  private final String sql;
  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(String sql) {
    this.sql = sql;
    this.tokens = Tokenizer.tokens(sql);
  }

  /** Goes one level down. */
  void enter() throws RefusedException {
    if (++depth > DEEPEST) {
      throw refused("nested more than " + DEEPEST + " deep");
    }
  }

  /** Comes back up from so many levels. */
  void leave(int levels) {
    depth -= levels;
  }

  boolean atEnd() {
    return at == tokens.size();
  }

  boolean peek(String word) {
    return peek(0, word);
  }

  boolean peek(int ahead, String word) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).is(word);
  }

  boolean peek(Kind kind) {
    return !atEnd() && tokens.get(at).kind() == kind;
  }

  /** Takes the next tokens if they are all these, else none of them. */
  boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i, words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  void expect(String word) throws RefusedException {
    if (!accept(word)) {
      throw refused(word + " expected");
    }
  }

  Token current() throws RefusedException {
    if (atEnd()) {
      throw refused("more expected");
    }
    return tokens.get(at);
  }

  Token next() throws RefusedException {
    Token token = current();
    at++;
    return token;
  }

  /** Takes a name in any quotes. */
  String name() throws RefusedException {
    Token token = current();
    if (token.kind() != Kind.WORD
        && token.kind() != Kind.QUOTED_NAME
        && token.kind() != Kind.STRING) {
      throw refused("a name expected");
    }
    return next().unquoted();
  }

  /** Returns where the next token begins. */
  int offset() {
    return atEnd() ? sql.length() : tokens.get(at).start();
  }

  /** Returns what was written from an offset up to the token that was taken last. */
  String writtenFrom(int offset) {
    return at == 0 ? "" : sql.substring(offset, Math.max(offset, tokens.get(at - 1).end()));
  }

  void expectEnd() throws RefusedException {
    accept(";");
    if (!atEnd()) {
      throw refused("end expected");
    }
  }

  RefusedException refused(String reason) {
    if (atEnd()) {
      return new RefusedException(reason + " but the text ends", sql.length());
    }
    String text = tokens.get(at).text();
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new RefusedException(reason + " at " + shown, offset());
  }
}
