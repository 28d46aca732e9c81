package dev.outgrow.migration.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which changes of a column's type PostgreSQL makes in its catalogue alone. */
final class TypeChange {
  private static final Pattern TYPE =
      Pattern.compile("([^(]+?)\\s*(?:\\(([^)]*)\\))?\\s*((?:with(?:out)? time zone)?)");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("varchar", "character varying"),
          Map.entry("char", "character"),
          Map.entry("bpchar", "character"),
          Map.entry("decimal", "numeric"),
          Map.entry("varbit", "bit varying"),
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("int2", "smallint"),
          Map.entry("bool", "boolean"),
          Map.entry("float8", "double precision"),
          Map.entry("float", "double precision"),
          Map.entry("float4", "real"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("timestamp", "timestamp without time zone"),
          Map.entry("timetz", "time with time zone"),
          Map.entry("time", "time without time zone"));

  private static final int MOST_DIGITS = 6;

  /** Lengths of which a larger one, or none, is in the catalogue only. */
  private static final Set<String> GROW =
      Set.of(
          "character varying",
          "bit varying",
          "timestamp with time zone",
          "timestamp without time zone",
          "time with time zone",
          "time without time zone",
          "interval");

  private record Type(String name, List<Integer> lengths) {
    /** Of time, no length is six digits of a second. */
    int length() {
      boolean time = name.startsWith("time") || name.equals("interval");
      return lengths.isEmpty() ? (time ? MOST_DIGITS : Integer.MAX_VALUE) : lengths.get(0);
    }
  }

  private TypeChange() {}

  static boolean isFree(String fromText, String toText) {
    Type from = parse(fromText);
    Type to = parse(toText);
    if (from.equals(to)) {
      return true;
    }
    if (from.name().equals(to.name())) {
      return from.name().equals("numeric")
          ? isFreeNumeric(from, to)
          : GROW.contains(from.name()) && to.length() >= from.length();
    }
    boolean text = from.name().equals("character varying") && to.name().equals("text");
    boolean unlimited =
        from.name().equals("text")
            && to.name().equals("character varying")
            && to.lengths().isEmpty();
    return text
        || unlimited
        || isSameMoment(from, to)
        || (from.name().equals("cidr") && to.name().equals("inet"));
  }

  /** This library's sessions are in UTC, in which both are kept as the same number. */
  private static boolean isSameMoment(Type from, Type to) {
    return from.name().startsWith("timestamp with")
        && to.name().startsWith("timestamp with")
        && to.length() >= from.length();
  }

  private static boolean isFreeNumeric(Type from, Type to) {
    if (to.lengths().isEmpty()) {
      return true;
    }
    return !from.lengths().isEmpty() && scale(from) == scale(to) && to.length() >= from.length();
  }

  private static int scale(Type type) {
    return type.lengths().size() > 1 ? type.lengths().get(1) : 0;
  }

  private static Type parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher matcher = TYPE.matcher(lower);
    if (!matcher.matches()) {
      return new Type(lower, List.of());
    }
    String zone = matcher.group(3);
    String base = matcher.group(1) + (zone.isEmpty() ? "" : " " + zone);
    List<Integer> lengths = new ArrayList<>();
    String inner = matcher.group(2);
    for (String part : inner == null ? new String[0] : inner.split(",", -1)) {
      if (!part.strip().matches("-?[0-9]{1,9}")) {
        return new Type(lower, List.of());
      }
      lengths.add(Integer.valueOf(part.strip()));
    }
    return new Type(NAMES.getOrDefault(base, base), lengths);
  }
}
