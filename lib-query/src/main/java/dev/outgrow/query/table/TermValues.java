package dev.outgrow.query.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads search terms as values, of those types whose values every database of ours can hold. */
final class TermValues {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,60})?");
  private static final Pattern FRACTION =
      Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,60})?([eE][+-]?[0-9]{1,3})?");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(Long.class, text -> Long.valueOf(like(INTEGER, text))),
          Map.entry(Integer.class, text -> Integer.valueOf(like(INTEGER, text))),
          Map.entry(Short.class, text -> Short.valueOf(like(INTEGER, text))),
          Map.entry(BigDecimal.class, text -> new BigDecimal(like(DECIMAL, text))),
          Map.entry(Double.class, TermValues::fraction),
          Map.entry(Float.class, text -> (float) fraction(text)),
          Map.entry(Boolean.class, TermValues::truth),
          Map.entry(Instant.class, text -> inRange(OffsetDateTime.parse(text)).toInstant()),
          Map.entry(OffsetDateTime.class, text -> inRange(OffsetDateTime.parse(text))),
          Map.entry(LocalDateTime.class, text -> inRange(LocalDateTime.parse(text))),
          Map.entry(LocalDate.class, text -> inRange(LocalDate.parse(text))),
          Map.entry(UUID.class, text -> UUID.fromString(like(UUID_TEXT, text))));

  private TermValues() {}

  static boolean knows(Class<?> type) {
    return READERS.containsKey(type);
  }

  /** Returns the value, or nothing if the term is none of this type: then no row has it. */
  static Optional<Object> read(Class<?> type, String term) {
    Function<String, Object> reader = READERS.get(type);
    if (reader == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(term));
    } catch (IllegalArgumentException | DateTimeException otherType) {
      return Optional.empty();
    }
  }

  private static String like(Pattern pattern, String text) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("not like " + pattern);
    }
    return text;
  }

  private static double fraction(String text) {
    double value = Double.parseDouble(like(FRACTION, text));
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("beyond every fraction");
    }
    return value;
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException("no truth value");
    };
  }

  private static <T extends TemporalAccessor> T inRange(T time) {
    int year = time.get(ChronoField.YEAR);
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new DateTimeException("beyond what databases hold");
    }
    return time;
  }
}
