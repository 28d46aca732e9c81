package dev.outgrow.migration.statement;

import java.util.Locale;

/**
 * A piece of SQL: a word, a name in quotes, a text, a number or a sign.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is
 * @param text as it stands there
 * @param begin where it begins in the script, from 0
 * @param end where it ends in the script, behind its last character
 * @since 0.1
 */
public record Token(Kind kind, String text, int begin, int end) {
  /** What a piece of SQL is. */
  public enum Kind {
    /** A keyword or a name without quotes. */
    WORD,
    /** A name in quotes. */
    QUOTED,
    /** A text literal, of whichever quotes. */
    TEXT,
    /** A number. */
    NUMBER,
    /** One sign, or {@code ::}. */
    SIGN
  }

  /** Returns whether it is this word, in upper or lower case, or this sign. */
  public boolean is(String word) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
  }

  /** Returns whether it can be a part of a name. */
  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** Returns the name that it is, as PostgreSQL keeps it: a word without quotes in lower case. */
  public String name() {
    if (kind != Kind.QUOTED) {
      return text.toLowerCase(Locale.ROOT);
    }
    boolean closed = text.length() > 1;
    String inner = closed ? text.substring(1, text.length() - 1) : "";
    return text.charAt(0) == '['
        ? inner
        : inner.replace(text.substring(0, 1).repeat(2), text.substring(0, 1));
  }
}
