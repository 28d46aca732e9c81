package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code printf} with a plain format of {@code %s}, {@code %d}, {@code %05d} and {@code %%}. */
final class Formatted {
  private static final Pattern PART = Pattern.compile("%(?:0([1-9][0-9]?))?([sd%])|([^%]+)");

  private Formatted() {}

  static Typed of(Function.Use use) throws RefusedException {
    if (!(use.argument(0).literal() instanceof Literal.Text format) || format.value().isEmpty()) {
      throw use.refused("with a format that is not a plain text");
    }
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(format.value());
    int end = 0;
    int next = 1;
    while (matcher.find() && matcher.start() == end) {
      end = matcher.end();
      boolean takes = matcher.group(2) != null && !matcher.group(2).equals("%");
      parts.add(takes ? argument(use, next++, matcher) : literal(matcher));
    }
    if (end != format.value().length() || next > use.count()) {
      throw use.refused("with this format");
    }
    return use.result("(" + String.join(" || ", parts) + ")", Kind.TEXT);
  }

  private static String literal(Matcher matcher) {
    String text = matcher.group(3) == null ? "%" : matcher.group(3);
    return Dialect.POSTGRESQL.literal(text) + "::text";
  }

  private static String argument(Function.Use use, int index, Matcher matcher)
      throws RefusedException {
    if (matcher.group(2).equals("s")) {
      if (matcher.group(1) != null) {
        throw use.refused("with this format");
      }
      return "coalesce(" + use.text(index) + ", '')";
    }
    String number = "coalesce(" + use.integer(index) + ", 0)";
    return matcher.group(1) == null
        ? number + "::text"
        : padded(number, Integer.parseInt(matcher.group(1)));
  }

  /** The sign stands before the zeros and counts; a longer number is not cut. */
  private static String padded(String number, int width) {
    return "(CASE WHEN %1$s < 0 THEN '-' || lpad(substr(%1$s::text, 2), greatest(%3$s, char_length(%1$s::text) - 1), '0') ELSE lpad(%1$s::text, greatest(%2$s, char_length(%1$s::text)), '0') END)"
        .formatted(number, width, width - 1);
  }
}
