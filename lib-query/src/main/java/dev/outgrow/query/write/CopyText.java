package dev.outgrow.query.write;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jooq.EnumType;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Values in the text format of PostgreSQL's COPY; what it cannot write, it says beforehand. */
final class CopyText {
  private static final String NULL = "\\N";
  private static final int LAST_YEAR = 9999;
  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          Long.class,
          Integer.class,
          Short.class,
          Byte.class,
          Double.class,
          Float.class,
          BigDecimal.class,
          BigInteger.class,
          LocalTime.class,
          UUID.class);

  private CopyText() {}

  /** Returns the value as the database knows it, by the field's converter. */
  static <T> @Nullable Object databaseValue(Field<T> field, @Nullable Object value) {
    return value == null ? null : field.getConverter().to(field.getType().cast(value));
  }

  /** A binding of the user's own may write SQL around its value, which COPY has no place for. */
  static boolean isPlain(Field<?> field) {
    return field.getBinding().getClass().getName().startsWith("org.jooq.impl.DefaultBinding");
  }

  /** Whether every value that the field can have is written. */
  static boolean canWriteAll(Field<?> field) {
    return PLAIN.contains(field.getConverter().fromType());
  }

  static boolean canWrite(@Nullable Object value) {
    if (value == null || PLAIN.contains(value.getClass())) {
      return true;
    }
    return value instanceof Boolean
        || value instanceof byte[]
        || value instanceof JSON
        || value instanceof JSONB
        || value instanceof EnumType
        || isTimeWithinYears(value);
  }

  static void append(StringBuilder row, @Nullable Object value) {
    if (value == null) {
      row.append(NULL);
    } else if (value instanceof byte[] bytes) {
      row.append("\\\\x").append(HexFormat.of().formatHex(bytes));
    } else {
      appendEscaped(row, text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof JSON json) {
      return json.data();
    }
    if (value instanceof JSONB json) {
      return json.data();
    }
    return value instanceof EnumType constant ? constant.getLiteral() : value.toString();
  }

  private static void appendEscaped(StringBuilder row, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> row.append("\\\\");
        case '\n' -> row.append("\\n");
        case '\r' -> row.append("\\r");
        case '\t' -> row.append("\\t");
        default -> row.append(c);
      }
    }
  }

  /** Java writes years of five digits and those before the first one as PostgreSQL does not. */
  private static boolean isTimeWithinYears(Object value) {
    int year = 0;
    if (value instanceof Instant instant) {
      year = instant.atOffset(ZoneOffset.UTC).getYear();
    } else if (value instanceof OffsetDateTime time) {
      year = time.getYear();
    } else if (value instanceof LocalDateTime time) {
      year = time.getYear();
    } else if (value instanceof LocalDate date) {
      year = date.getYear();
    }
    return year > 0 && year <= LAST_YEAR;
  }
}
