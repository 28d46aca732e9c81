package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a declared type: any words, then one or two numbers in brackets. */
final class DeclaredType {
  /** SQLite does not keep the writing of these and reports them in capitals. */
  private static final Set<String> STANDARD =
      Set.of("any", "blob", "int", "integer", "real", "text");

  private DeclaredType() {}

  static String read(TokenCursor cursor) throws UnreadableException {
    List<Token> type = new ArrayList<>();
    while (cursor.peekTypeWord()) {
      type.add(cursor.next());
    }
    if (type.isEmpty()) {
      return "";
    }
    if (cursor.peek("(")) {
      length(cursor, type);
    }
    return kept(withoutGenerated(cursor.text(type)));
  }

  /** Returns what SQLite keeps of a type that begins with a quote, or that it knows. */
  private static String kept(String written) {
    String text = written.length() < 3 ? written : withoutEnds(written);
    String folded = Identifier.folded(text);
    if (STANDARD.contains(folded)) {
      return folded.toUpperCase(Locale.ROOT);
    }
    return !text.isEmpty() && isQuote(text.charAt(0))
        ? Tokenizer.tokens(text).get(0).unquoted()
        : text;
  }

  /**
   * SQLite takes off both ends of what begins with a quote and has no other inside. It means a
   * single quoted word, but {@code [a] int} becomes {@code a] in}, too.
   */
  private static String withoutEnds(String text) {
    int last = text.length() - 1;
    boolean single = isQuote(text.charAt(0));
    for (int i = 1; i < last; i++) {
      single &= !isQuote(text.charAt(i));
    }
    return single ? text.substring(1, last) : text;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`' || c == '[';
  }

  private static void length(TokenCursor cursor, List<Token> type) throws UnreadableException {
    type.add(cursor.next());
    signedNumber(cursor);
    if (cursor.accept(",")) {
      signedNumber(cursor);
    }
    if (!cursor.peek(")")) {
      throw cursor.unreadable(") expected");
    }
    type.add(cursor.next());
  }

  private static void signedNumber(TokenCursor cursor) throws UnreadableException {
    if (!cursor.accept("+")) {
      cursor.accept("-");
    }
    if (!cursor.peek(Kind.INTEGER) && !cursor.peek(Kind.FLOAT)) {
      throw cursor.unreadable("a number expected");
    }
    cursor.next();
  }

  /**
   * The words of a generated column look like a type's. SQLite reads them as such and then cuts
   * them off at its end: the last one alone, too, if the whole is long enough to have both.
   */
  private static String withoutGenerated(String type) {
    if (type.getBytes(StandardCharsets.UTF_8).length < "generated always".length()) {
      return type;
    }
    String shorter = withoutSuffix(type, "always");
    return shorter.equals(type) ? type : withoutSuffix(shorter, "generated");
  }

  private static String withoutSuffix(String text, String suffix) {
    if (!Identifier.folded(text).endsWith(suffix)) {
      return text;
    }
    int end = text.length() - suffix.length();
    while (end > 0 && " \t\n\u000B\f\r".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }
}
