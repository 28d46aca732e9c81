package dev.outgrow.query.parity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Values in a form in which those that {@link Equivalence} takes for equal are equal. */
final class Canonical {
  private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);
  private static final int BINARY_DIGITS = 15;
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-12");

  private Canonical() {}

  static List<@Nullable Object> row(Record row) {
    return IntStream.range(0, row.size()).mapToObj(i -> value(row.get(i))).toList();
  }

  static boolean equal(List<@Nullable Object> left, List<@Nullable Object> right) {
    return left.size() == right.size()
        && IntStream.range(0, left.size()).allMatch(i -> equal(left.get(i), right.get(i)));
  }

  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Fraction || right instanceof Fraction) {
      return near(number(left), number(right));
    }
    if (left instanceof Instant || right instanceof Instant) {
      Instant before = moment(left);
      return before != null && before.equals(moment(right));
    }
    return left.equals(right);
  }

  /** By this order rows that are equal stand beside each other, even if a last digit differs. */
  static String sortText(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    BigDecimal number = number(value);
    if (number != null) {
      return "n" + number.round(DIGITS).stripTrailingZeros();
    }
    Instant moment = moment(value);
    return moment == null ? "v" + value : "t" + moment;
  }

  /** A number that was binary once: its last digits are an accident. */
  record Fraction(BigDecimal value) {}

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue())
          ? new Fraction(new BigDecimal(value.toString()))
          : value.toString();
    }
    if (value instanceof Number number) {
      BigDecimal plain = new BigDecimal(number.toString());
      return exact(plain.signum() == 0 ? BigDecimal.ZERO : plain.stripTrailingZeros());
    }
    return other(value);
  }

  /** SQLite divides in binary and its driver shows 15 digits, whatever type jOOQ gives them. */
  private static Object exact(BigDecimal number) {
    return number.scale() > 0 && number.precision() >= BINARY_DIGITS
        ? new Fraction(number)
        : number;
  }

  private static @Nullable Object other(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof LocalDateTime time) {
      return time.toInstant(ZoneOffset.UTC);
    }
    boolean text = value instanceof UUID || value instanceof JSON || value instanceof JSONB;
    return text ? String.valueOf(value) : value;
  }

  private static boolean near(@Nullable BigDecimal left, @Nullable BigDecimal right) {
    if (left == null || right == null) {
      return false;
    }
    BigDecimal larger = left.abs().max(right.abs());
    return left.subtract(right).abs().compareTo(larger.multiply(TOLERANCE)) <= 0;
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    if (value instanceof Fraction fraction) {
      return fraction.value();
    }
    return value instanceof BigDecimal number ? number : null;
  }

  private static @Nullable Instant moment(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (!(value instanceof String text) || text.length() < 19 || text.length() > 40) {
      return null;
    }
    String iso = text.substring(0, 10) + 'T' + text.substring(11);
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException noOffset) {
      return local(iso);
    }
  }

  private static @Nullable Instant local(String iso) {
    try {
      return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noTime) {
      return null;
    }
  }
}
