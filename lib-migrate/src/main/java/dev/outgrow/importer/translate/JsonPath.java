package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what is at a path of SQLite's in a JSON text, {@code $.a."b c"[0][#-1]}. */
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([^.\\[\"\\\\\\x00-\\x1f]+)|\\.\"([^\"\\\\\\x00-\\x1f]+)\"|\\[([0-9]{1,9})]|\\[#-([1-9][0-9]{0,8})]");

  private JsonPath() {}

  /** Returns the element at a path that is a plain text. */
  static String at(String document, Typed path, int at) throws RefusedException {
    if (!(path.literal() instanceof Literal.Text text) || !text.value().startsWith("$")) {
      throw refused(at);
    }
    return steps(document, text.value().substring(1), at);
  }

  /** Returns the element that stands to the right of an arrow: a path, a name, or a number. */
  static String arrow(String document, Typed step, int at) throws RefusedException {
    if (step.literal() instanceof Literal.Whole whole) {
      if (whole.value() != (int) whole.value()) {
        throw refused(at);
      }
      return document + " -> " + whole.value();
    }
    if (step.literal() instanceof Literal.Text text && !text.value().startsWith("$")) {
      boolean array = text.value().startsWith("[");
      return steps(document, array ? text.value() : ".\"" + text.value() + "\"", at);
    }
    return at(document, step, at);
  }

  private static String steps(String document, String path, int at) throws RefusedException {
    StringBuilder sql = new StringBuilder(document);
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      sql.append(" -> ").append(step(matcher, at));
    }
    if (end != path.length()) {
      throw refused(at);
    }
    return sql.toString();
  }

  private static String step(Matcher matcher, int at) throws RefusedException {
    if (matcher.group(3) != null) {
      return matcher.group(3);
    }
    if (matcher.group(4) != null) {
      return "-" + matcher.group(4);
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    Values.text(name, at); // refuses what PostgreSQL cannot hold
    return Dialect.POSTGRESQL.literal(name);
  }

  private static RefusedException refused(int at) {
    return new RefusedException("a path in JSON that is not a plain one", at);
  }
}
