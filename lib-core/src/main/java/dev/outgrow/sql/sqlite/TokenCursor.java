package dev.outgrow.sql.sqlite;

import dev.outgrow.sql.sqlite.Token.Kind;
import java.util.List;
import java.util.function.Predicate;

/** Goes through the tokens of a statement from left to right. */
final class TokenCursor {
  private static final int SHOWN = 40;

  private final String sql;
  private final List<Token> tokens;
  private int at;

  TokenCursor(String sql) {
    this.sql = sql;
    this.tokens = Tokenizer.tokens(sql);
  }

  boolean atEnd() {
    return at == tokens.size();
  }

  /** Returns whether the next token is this keyword or operator. */
  boolean peek(String keywordOrOperator) {
    return !atEnd() && tokens.get(at).is(keywordOrOperator);
  }

  boolean peek(Kind kind) {
    return !atEnd() && tokens.get(at).kind() == kind;
  }

  /** Takes the next tokens if they are all these keywords or operators, else none of them. */
  boolean accept(String... keywordsOrOperators) {
    for (int i = 0; i < keywordsOrOperators.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).is(keywordsOrOperators[i])) {
        return false;
      }
    }
    at += keywordsOrOperators.length;
    return true;
  }

  void expect(String... keywordsOrOperators) throws UnreadableException {
    for (String expected : keywordsOrOperators) {
      if (!accept(expected)) {
        throw unreadable(expected + " expected");
      }
    }
  }

  Token next() throws UnreadableException {
    if (atEnd()) {
      throw unreadable("more expected");
    }
    return tokens.get(at++);
  }

  /** Takes the name of a table, column or constraint: in any quotes, a text's included. */
  String name() throws UnreadableException {
    if (!peekQuotedOr(Keywords::isName)) {
      throw unreadable("a name expected");
    }
    return next().unquoted();
  }

  /** Takes the name of a collation. */
  String collation() throws UnreadableException {
    if (!peekTypeWord()) {
      throw unreadable("a collation expected");
    }
    return next().unquoted();
  }

  /** Returns whether the next token can be part of a declared type. */
  boolean peekTypeWord() {
    return peekQuotedOr(Keywords::isTypeWord);
  }

  private boolean peekQuotedOr(Predicate<String> word) {
    return peek(Kind.QUOTED_NAME)
        || peek(Kind.STRING)
        || (peek(Kind.WORD) && word.test(tokens.get(at).text()));
  }

  /** Takes a bracket with everything up to the one that closes it, and returns what is inside. */
  List<Token> parenthesised() throws UnreadableException {
    expect("(");
    int from = at;
    for (int depth = 1; depth > 0; ) {
      Token token = next();
      if (token.kind() == Kind.ILLEGAL) {
        at--;
        throw unreadable("unrecognised token");
      }
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    return tokens.subList(from, at - 1);
  }

  /** Takes a bracketed expression and returns it without the brackets. */
  String expression() throws UnreadableException {
    int opening = at;
    List<Token> inside = parenthesised();
    if (inside.isEmpty()) {
      at = opening + 1;
      throw unreadable("an expression expected");
    }
    return text(inside);
  }

  /** Takes everything that is left, but for one semicolon at its end. */
  List<Token> rest() {
    int end = tokens.size();
    if (end > at && tokens.get(end - 1).is(";")) {
      end--;
    }
    List<Token> rest = tokens.subList(at, end);
    at = tokens.size();
    return rest;
  }

  void expectEnd() throws UnreadableException {
    accept(";");
    if (!atEnd()) {
      throw unreadable("end of the statement expected");
    }
  }

  /** Returns the text of these tokens as written, with what stands between them. */
  String text(List<Token> part) {
    return sql.substring(part.get(0).start(), part.get(part.size() - 1).end());
  }

  String sql() {
    return sql;
  }

  /** Returns a refusal of the next token. */
  UnreadableException unreadable(String reason) {
    if (atEnd()) {
      return new UnreadableException(sql.length(), reason + " but the text ends");
    }
    return unreadable(tokens.get(at), reason);
  }

  UnreadableException unreadable(Token token, String reason) {
    String text = token.text();
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new UnreadableException(token.start(), reason + " at " + shown);
  }
}
