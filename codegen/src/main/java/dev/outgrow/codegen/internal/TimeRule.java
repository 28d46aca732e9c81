package dev.outgrow.codegen.internal;

import dev.outgrow.error.ConfigurationException;
import java.util.regex.Pattern;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.LambdaConverter;

/**
 * Columns that hold moments as numbers, by their names.
 *
 * <p><em>Immutable.</em>
 *
 * @param columns a name or {@code table.name}; {@code *} is any characters, {@code ?} one; A to Z
 *     are equal in either case
 * @param unit what the number counts since 1970
 * @since 0.1
 */
public record TimeRule(String columns, Unit unit) {
  /** What is counted. */
  public enum Unit {
    SECONDS("ofEpochSecond", "getEpochSecond"),
    MILLIS("ofEpochMilli", "toEpochMilli");

    private final String from;
    private final String to;

    Unit(String from, String to) {
      this.from = from;
      this.to = to;
    }
  }

  private static final String INSTANT = "java.time.Instant";

  /** Refuses a pattern that names no column. */
  public TimeRule {
    if (columns.isBlank() || columns.chars().filter(c -> c == '.').count() > 1) {
      throw new ConfigurationException(
          "columns", columns, "a pattern of a column, or of a table and a column: *_at, logs.*_ms");
    }
  }

  ForcedType forced() {
    return new ForcedType()
        .withName("BIGINT") // of 32 bits, seconds end in 2038
        .withUserType(INSTANT)
        .withLambdaConverter(
            new LambdaConverter()
                .withFrom(INSTANT + "::" + unit.from)
                .withTo(INSTANT + "::" + unit.to))
        .withIncludeTypes("(?i:(?!.*interval|.*point).*int.*)")
        .withIncludeExpression(expression());
  }

  /** As a regular expression over {@code schema.table.column}. */
  private String expression() {
    int dot = columns.indexOf('.');
    String table = dot < 0 ? "[^.]*" : part(columns.substring(0, dot));
    return "(?i:(?:.*\\.)?" + table + "\\." + part(columns.substring(dot + 1)) + ")";
  }

  private static String part(String pattern) {
    StringBuilder text = new StringBuilder();
    pattern
        .codePoints()
        .forEach(
            c -> {
              String one = Character.toString(c);
              text.append(c == '*' ? "[^.]*" : c == '?' ? "[^.]" : Pattern.quote(one));
            });
    return text.toString();
  }
}
