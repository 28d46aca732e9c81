package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a moment by a format of {@code strftime}, out of functions that PostgreSQL lets stand in
 * an index: {@code to_char} is not one of them.
 */
final class TimeFormat {
  /** How many digits a year has behind a minus: {@code strftime} counts the minus too. */
  private static final int OF_STRFTIME = 3;

  private static final int OF_OTHERS = 4;

  /** A field, a percent sign that is none, or what stands between them. */
  private static final Pattern PART = Pattern.compile("%.|%|[^%]+", Pattern.DOTALL);

  private static final Pattern DAY_AND_TIME =
      Pattern.compile("%Y-%m-%d(?<time>[ T]%H:%M(:%[Sf])?(?<zone>Z|[+]00:00)?)?");

  private TimeFormat() {}

  static String text(Moment moment, String format, Function.Use use) throws RefusedException {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(spelled(format));
    while (matcher.find()) {
      String part = matcher.group();
      char code = part.length() > 1 ? part.charAt(1) : '\0';
      boolean plain = part.charAt(0) != '%';
      parts.add(plain ? TimeFunctions.quoted(part) : field(moment, code, use));
    }
    if (parts.isEmpty()) {
      throw use.refused("with an empty format");
    }
    return parts.size() == 1 ? parts.get(0) : "(" + String.join(" || ", parts) + ")";
  }

  private static String spelled(String format) {
    return format.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S").replace("%R", "%H:%M");
  }

  /** Returns what the texts of a format look like. */
  static Typed.Form form(String format) {
    if (format.matches("%[YmdHMSsjwu]")) {
      return Typed.Form.DIGITS;
    }
    Matcher matcher = DAY_AND_TIME.matcher(spelled(format));
    if (!matcher.matches()) {
      return Typed.Form.ANY;
    }
    if (matcher.group("time") == null) {
      return Typed.Form.DATE;
    }
    return matcher.group("zone") == null ? Typed.Form.DATE_TIME : Typed.Form.ZONED;
  }

  private static String field(Moment moment, char code, Function.Use use) throws RefusedException {
    return switch (code) {
      case 'Y' -> year(moment, Ascii.same(use.call().name(), "strftime") ? OF_STRFTIME : OF_OTHERS);
      case 'm' -> padded(moment, "month", 2);
      case 'd' -> padded(moment, "day", 2);
      case 'H' -> padded(moment, "hour", 2);
      case 'M' -> padded(moment, "minute", 2);
      case 'S' -> padded(moment, "second", 2);
      case 'f' -> "lpad(trunc(extract(second FROM " + moment.sql() + "), 3)::text, 6, '0')";
      case 'j' -> padded(moment, "doy", 3);
      case 'w' -> padded(moment, "dow", 1);
      case 'u' -> padded(moment, "isodow", 1);
      case 's' -> epochSeconds(moment) + "::text";
      case '%' -> TimeFunctions.quoted("%");
      default -> throw use.refused("with %" + code);
    };
  }

  static String epochSeconds(Moment moment) {
    return "floor(extract(epoch FROM " + moment.sql() + "))::bigint";
  }

  private static String padded(Moment moment, String unit, int width) {
    String number = "floor(extract(" + unit + " FROM " + moment.sql() + "))::text";
    return width == 1 ? number : "lpad(" + number + ", " + width + ", '0')";
  }

  /** PostgreSQL has no year 0; 4,800 years on there are none before it. */
  private static String year(Moment moment, int digits) {
    if (!moment.isAncient()) {
      return "lpad(extract(year FROM " + moment.sql() + ")::text, 4, '0')";
    }
    String year = "(extract(year FROM " + moment.sql() + " + interval '4800 years') - 4800)";
    return "(CASE WHEN %1$s < 0 THEN '-' || lpad(abs(%1$s)::text, greatest(%2$s, length(abs(%1$s)::text)), '0') ELSE lpad(%1$s::text, 4, '0') END)"
        .formatted(year, digits);
  }
}
