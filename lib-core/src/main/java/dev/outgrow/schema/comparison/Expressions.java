package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Identifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether an expression of SQLite and one of PostgreSQL plainly say the same: equal constants, or
 * comparisons and arithmetic of columns and constants that differ in spelling alone. Of everything
 * else, such as functions, it is not said.
 */
final class Expressions {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+"
              + "|[\\p{L}_\\x80-\\uFFFF][\\p{L}\\p{N}_$\\x80-\\uFFFF]*|::|\\|\\||<>|!=|<=|>=|==|\\S");

  /** A type behind {@code ::}, of one word or of several. */
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:character varying|double precision|(?:timestamp|time)(?:\\(\\d+\\))? with(?:out)?"
              + " time zone|bit varying|\"(?:[^\"]|\"\")*\"|[\\p{L}_][\\w.]*)"
              + "(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[\\])*");

  /** What means the same to both backends between columns and constants. */
  private static final Set<String> PLAIN =
      Set.of("(", ")", ",", "=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "and", "or", "not");

  private static final Set<String> PLAIN_WORDS = Set.of("is", "null", "in", "between");

  private Expressions() {}

  /** Returns whether both say the same, as far as that is plain. */
  static boolean same(String one, String other) {
    Optional<Constant> constant = constant(one);
    Optional<Constant> otherConstant = constant(other);
    if (constant.isPresent() && otherConstant.isPresent()) {
      return constant.get().means(otherConstant.get());
    }
    Object plain = plain(one);
    return plain instanceof List<?> && plain.equals(plain(other));
  }

  /** Returns whether both are constants and not the same. */
  static boolean contradict(String one, String other) {
    Optional<Constant> constant = constant(one);
    return constant(other).map(o -> constant.filter(c -> !c.means(o)).isPresent()).orElse(false);
  }

  static boolean isNull(String expression) {
    return tokens(expression).equals(List.of("null"));
  }

  /**
   * Returns something that is equal for two expressions that plainly say the same: their tokens, or
   * the text itself where they are not plain.
   */
  static Object plain(String expression) {
    List<String> tokens = tokens(expression);
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      boolean call = i + 1 < tokens.size() && tokens.get(i + 1).equals("(");
      boolean word = Character.isLetter(token.codePointAt(0)) || token.charAt(0) == '_';
      boolean known = PLAIN.contains(token) || PLAIN_WORDS.contains(token);
      boolean function = (word || isName(token)) && call && !known;
      if (function || !(word || known || isLiteral(token) || isName(token))) {
        return expression;
      }
    }
    return tokens;
  }

  private static boolean isLiteral(String token) {
    char c = token.charAt(0);
    return c == '\'' || Character.isDigit(c) || (c == '.' && token.length() > 1);
  }

  private static boolean isName(String token) {
    return token.charAt(0) == '"';
  }

  /** Returns the bare words and quoted names of an expression, in lower case of A to Z. */
  static Set<String> words(String expression) {
    return tokens(expression).stream()
        .filter(t -> t.charAt(0) != '\'')
        .map(Expressions::nameOf)
        .collect(Collectors.toSet());
  }

  private static String nameOf(String token) {
    return isName(token)
        ? Identifier.folded(token.substring(1, token.length() - 1).replace("\"\"", "\""))
        : token;
  }

  /** Cuts an expression, without casts and without brackets around one token or the whole. */
  private static List<String> tokens(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    int at = 0;
    while (matcher.find(at)) {
      at = matcher.end();
      String token = matcher.group();
      if (token.equals("::")) {
        Matcher type = TYPE.matcher(expression).region(at, expression.length());
        at = type.find() ? type.end() : at;
      } else {
        tokens.add(spelled(token));
      }
    }
    return withoutOuter(withoutSingle(tokens));
  }

  private static String spelled(String token) {
    return switch (token) {
      case "==" -> "=";
      case "!=" -> "<>";
      default -> spelledName(token);
    };
  }

  private static String spelledName(String token) {
    if (token.charAt(0) == '\'') {
      return token;
    }
    if (token.charAt(0) == '"' && token.length() > 2) {
      String inner = token.substring(1, token.length() - 1);
      boolean plain = inner.matches("[A-Za-z_][A-Za-z_0-9$]*");
      return plain ? Identifier.folded(inner) : Identifier.folded(token);
    }
    return Identifier.folded(token);
  }

  private static List<String> withoutSingle(List<String> tokens) {
    List<String> kept = new ArrayList<>(tokens);
    for (int i = 0; i + 2 < kept.size(); i++) {
      boolean single = kept.get(i).equals("(") && kept.get(i + 2).equals(")");
      if (single && (i == 0 || !isWord(kept.get(i - 1))) && !kept.get(i + 1).equals("(")) {
        kept.remove(i + 2);
        kept.remove(i);
        i = Math.max(-1, i - 2);
      }
    }
    return kept;
  }

  private static boolean isWord(String token) {
    return Character.isLetter(token.codePointAt(0)) || token.charAt(0) == '_' || isName(token);
  }

  private static List<String> withoutOuter(List<String> tokens) {
    List<String> inner = tokens;
    while (inner.size() > 2 && inner.get(0).equals("(") && closing(inner) == inner.size() - 1) {
      inner = inner.subList(1, inner.size() - 1);
    }
    return List.copyOf(inner);
  }

  private static int closing(List<String> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the constant that an expression is, if it is one. */
  private static Optional<Constant> constant(String expression) {
    List<String> tokens = tokens(expression);
    boolean negative = tokens.size() == 2 && tokens.get(0).equals("-");
    if (tokens.size() != 1 && !negative) {
      return Optional.empty();
    }
    String token = tokens.get(tokens.size() - 1);
    if (token.equals("true") || token.equals("false")) {
      return Optional.of(new Constant(token.equals("true") ? "1" : "0"));
    }
    if (token.charAt(0) == '\'' && !negative && token.length() > 1) {
      return Optional.of(new Constant(token.substring(1, token.length() - 1).replace("''", "'")));
    }
    return isLiteral(token)
        ? Optional.of(new Constant((negative ? "-" : "") + token))
        : Optional.empty();
  }

  /** A constant: PostgreSQL writes some numbers as texts, SQLite makes texts of some numbers. */
  private record Constant(String text) {
    boolean means(Constant other) {
      return text.equals(other.text) || (isNumber() && other.isNumber() && equalNumber(other));
    }

    private boolean isNumber() {
      return text.matches(
          "[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,3})?");
    }

    private boolean equalNumber(Constant other) {
      return new BigDecimal(text).compareTo(new BigDecimal(other.text)) == 0;
    }
  }
}
