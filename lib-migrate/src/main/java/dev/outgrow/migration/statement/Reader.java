package dev.outgrow.migration.statement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the pieces of a statement. What is not there is not found, and nothing is thrown.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Reader {
  private final Statement statement;
  private final List<Token> tokens;
  private int at;

  /** Begins at a statement's first piece. */
  public Reader(Statement statement) {
    this(statement, statement.tokens());
  }

  /** Begins at the first of some pieces of a statement. */
  public Reader(Statement statement, List<Token> tokens) {
    this.statement = statement;
    this.tokens = tokens;
  }

  /** Goes behind these words if they are next. */
  public boolean accept(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (at + i >= tokens.size() || !tokens.get(at + i).is(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  /** Goes behind the first place of these words; where there is none, it stays. */
  public boolean find(String... words) {
    int from = at;
    for (; at < tokens.size(); at++) {
      if (accept(words)) {
        return true;
      }
    }
    at = from;
    return false;
  }

  /** Returns the next piece without going on, or null at the end. */
  public @Nullable Token peek() {
    return at < tokens.size() ? tokens.get(at) : null;
  }

  /** Returns the next piece and goes behind it, or null at the end. */
  public @Nullable Token next() {
    return at < tokens.size() ? tokens.get(at++) : null;
  }

  /** Reads a name, with its schema if it has one; null if none is next. */
  public @Nullable Name name() {
    Token first = peek();
    if (first == null || !first.isName()) {
      return null;
    }
    Token last = first;
    String schema = null;
    at++;
    while (at + 1 < tokens.size() && tokens.get(at).is(".") && tokens.get(at + 1).isName()) {
      schema = last.name();
      last = tokens.get(at + 1);
      at += 2;
    }
    return new Name(schema, last.name(), statement.slice(first, last));
  }

  /** Reads what is in the bracket that is next, without the bracket; null if none is. */
  public @Nullable List<Token> bracket() {
    if (!accept("(")) {
      return null;
    }
    int from = at;
    for (int depth = 1; at < tokens.size(); at++) {
      depth += tokens.get(at).is("(") ? 1 : tokens.get(at).is(")") ? -1 : 0;
      if (depth == 0) {
        return tokens.subList(from, at++);
      }
    }
    return tokens.subList(from, at);
  }

  /** Returns everything from here. */
  public List<Token> rest() {
    return tokens.subList(at, tokens.size());
  }

  /** Returns everything from here, cut at the commas that are in no bracket. */
  public List<List<Token>> parts() {
    List<List<Token>> parts = new ArrayList<>();
    int from = at;
    int depth = 0;
    for (int i = at; i <= tokens.size(); i++) {
      if (i == tokens.size() || (depth == 0 && tokens.get(i).is(","))) {
        parts.add(tokens.subList(from, i));
        from = i + 1;
      } else {
        depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
      }
    }
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }
}
