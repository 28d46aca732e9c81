package dev.outgrow.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of PostgreSQL that SQLite understands in the same way, written as SQLite's:
 * comparisons of columns that are numbers, text or truth with each other and with plain values,
 * joined by AND, OR and NOT. Anything else is not translated. <em>Immutable.</em>
 */
final class SqliteExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|::(?:character varying|double precision|[a-z]+)(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[\\])?"
              + "|[A-Za-z_][A-Za-z0-9_$]*|\\d+(?:\\.\\d+)?|<>|<=|>=|[=<>()+*,\\[\\]-]");
  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "is", "null", "true", "false", "between");
  private static final Set<String> SAFE_CASTS =
      Set.of(
          "text",
          "character varying",
          "integer",
          "bigint",
          "smallint",
          "numeric",
          "boolean",
          "double precision",
          "text[]",
          "character varying[]",
          "integer[]",
          "bigint[]",
          "numeric[]");
  private static final Pattern ANY_OF =
      Pattern.compile("= ANY \\(\\(?ARRAY\\[([^\\[\\]]*)\\]\\)?(?:::[a-z ]+\\[\\])?\\)");
  private static final Pattern STRING_CAST =
      Pattern.compile(
          "\\s*('(?:[^']|'')*')::(?:text|character varying|bpchar|character)(?:\\(\\d+\\))?\\s*");
  private static final Pattern NUMBER =
      Pattern.compile("\\s*\\(?(-?\\d+(?:\\.\\d+)?)\\)?(?:::[a-z ]+)?\\s*");
  private static final Pattern NUMBER_IN_TEXT =
      Pattern.compile(
          "'(-?\\d+(?:\\.\\d+)?)'::(?:integer|bigint|smallint|numeric|double precision|real)");
  private static final Set<String> NOW =
      Set.of("now()", "CURRENT_TIMESTAMP", "transaction_timestamp()", "LOCALTIMESTAMP");

  private final Map<String, String> columns;

  /**
   * Makes a translator.
   *
   * @param columns the columns that may be compared, by their names in PostgreSQL, with their names
   *     in SQLite, quoted
   */
  SqliteExpression(Map<String, String> columns) {
    this.columns = Map.copyOf(columns);
  }

  /** Returns a condition as SQLite's SQL, or nothing where that might mean something else. */
  Optional<String> condition(String sql) {
    String lists =
        ANY_OF.matcher(sql).replaceAll(m -> Matcher.quoteReplacement("IN (" + m.group(1) + ")"));
    List<String> out = new ArrayList<>();
    Matcher token = TOKEN.matcher(lists);
    int at = 0;
    while (at < lists.length()) {
      if (!token.region(at, lists.length()).lookingAt()) {
        return Optional.empty();
      }
      String written = written(token.group(), lists.substring(token.end()).stripLeading());
      if (written == null) {
        return Optional.empty();
      }
      out.add(written);
      at = token.end();
    }
    return Optional.of(String.join("", out));
  }

  private @Nullable String written(String token, String rest) {
    char first = token.charAt(0);
    if (Character.isWhitespace(first)) {
      return " ";
    }
    if (token.startsWith("::")) {
      String type = token.substring(2).strip().replaceAll("\\(.*\\)", "");
      return SAFE_CASTS.contains(type) ? "" : null;
    }
    if (first == '"') {
      return columns.get(token.substring(1, token.length() - 1).replace("\"\"", "\""));
    }
    if (Character.isLetter(first) || first == '_') {
      return word(token, rest);
    }
    return token.equals("[") || token.equals("]") ? null : token;
  }

  private @Nullable String word(String token, String rest) {
    String column = columns.get(token);
    if (column != null && !rest.startsWith("(")) {
      return column;
    }
    boolean known = WORDS.contains(token.toLowerCase(Locale.ROOT)) || token.equals("IN");
    return known ? token : null;
  }

  /**
   * Returns a default as SQLite's SQL, or nothing where SQLite has none of its meaning.
   *
   * @param moment whether the column is for moments that are written as text
   */
  static Optional<String> constant(String sql, boolean moment) {
    Matcher text = STRING_CAST.matcher(sql);
    if (text.matches()) {
      return Optional.of(text.group(1));
    }
    Matcher number = NUMBER.matcher(NUMBER_IN_TEXT.matcher(sql).replaceAll("$1"));
    if (number.matches()) {
      return Optional.of(number.group(1));
    }
    if (sql.equals("true") || sql.equals("false")) {
      return Optional.of(sql.equals("true") ? "1" : "0");
    }
    if (sql.startsWith("NULL")) {
      return Optional.of("NULL");
    }
    return moment && NOW.contains(sql) ? Optional.of("CURRENT_TIMESTAMP") : Optional.empty();
  }
}
