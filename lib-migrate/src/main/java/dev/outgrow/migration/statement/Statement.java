package dev.outgrow.migration.statement;

import java.util.List;

/**
 * One statement of a script.
 *
 * <p><em>Immutable.</em>
 *
 * @param text from its first to its last piece, without the semicolon
 * @param line the line it begins on, from 1
 * @param tokens its pieces, without comments
 * @param comments the comments before it, within it, and behind it on its last line
 * @since 0.1
 */
public record Statement(String text, int line, List<Token> tokens, List<String> comments) {
  /** Copies the lists. */
  public Statement {
    tokens = List.copyOf(tokens);
    comments = List.copyOf(comments);
  }

  /** Returns whether it begins with these words. */
  public boolean begins(String... words) {
    return new Reader(this).accept(words);
  }

  /** Returns whether the word stands in it, outside of quotes. */
  public boolean has(String word) {
    return tokens.stream().anyMatch(token -> token.is(word));
  }

  /** Returns its first pieces, as a statement. */
  public Statement head(int pieces) {
    return new Statement(text, line, tokens.subList(0, Math.min(pieces, tokens.size())), comments);
  }

  /** Returns the text between two of its pieces, both with it. */
  public String slice(Token first, Token last) {
    int origin = tokens.get(0).begin();
    return text.substring(first.begin() - origin, last.end() - origin);
  }

  /** Returns the text of neighbouring pieces; nothing for none. */
  public String slice(List<Token> pieces) {
    return pieces.isEmpty() ? "" : slice(pieces.get(0), pieces.get(pieces.size() - 1));
  }
}
