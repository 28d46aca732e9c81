package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Identifier;

/**
 * One token of SQLite's SQL and where it stands.
 *
 * <p><em>Immutable.</em>
 *
 * @param kind what it is
 * @param text its text as written, quotes included
 * @param start where it begins in the whole text, in UTF-16 units from 0
 * @param end where it ends, exclusive
 * @since 0.1
 */
public record Token(Kind kind, String text, int start, int end) {

  /** What a token is. */
  public enum Kind {
    /** A keyword or a name without quotes: SQLite lets most of its keywords be names. */
    WORD,
    /** A name in double quotes, square brackets or backticks. */
    QUOTED_NAME,
    /** A text in single quotes, which SQLite also takes for a name where one must stand. */
    STRING,
    /** A whole number, decimal or {@code 0x}. */
    INTEGER,
    /** A number with a point or an exponent. */
    FLOAT,
    /** Bytes: {@code x'0aff'}. */
    BLOB,
    /** A parameter: {@code ?}, {@code ?1}, {@code :a}, {@code @a}, {@code $a}, {@code #a}. */
    PARAMETER,
    /** An operator, a bracket, a comma, a point or a semicolon. */
    OPERATOR,
    /** What SQLite refuses as an unrecognised token: an open quote, a lone {@code !}. */
    ILLEGAL
  }

  /** Returns whether it is this keyword, in any case, or exactly this operator. */
  public boolean is(String keywordOrOperator) {
    return switch (kind) {
      case WORD ->
          text.length() == keywordOrOperator.length()
              && Identifier.folded(text).equals(Identifier.folded(keywordOrOperator));
      case OPERATOR -> text.equals(keywordOrOperator);
      default -> false;
    };
  }

  /** Returns the text without its quotes, doubled quotes undone; other tokens as written. */
  public String unquoted() {
    if (kind != Kind.QUOTED_NAME && kind != Kind.STRING) {
      return text;
    }
    String inner = text.substring(1, text.length() - 1);
    char quote = text.charAt(0);
    // A bracket cannot be doubled: the name ends at the first one that closes it.
    return quote == '[' ? inner : inner.replace("" + quote + quote, "" + quote);
  }
}
