package dev.outgrow.test.internal;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One value as text that is equal where the values are, whatever the types of the backends. */
final class CommonValue {
  private CommonValue() {}

  static String of(ResultSet result, int column, String type) throws SQLException {
    Object value =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "timestamptz" -> instant(result.getObject(column, OffsetDateTime.class));
          case "timestamp" -> result.getObject(column, LocalDateTime.class);
          case "date" -> result.getObject(column, LocalDate.class);
          case "time" -> result.getObject(column, LocalTime.class);
          default -> result.getObject(column);
        };
    return text(value);
  }

  private static @Nullable Object instant(@Nullable OffsetDateTime moment) {
    return moment == null ? null : moment.toInstant();
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (value instanceof byte[] bytes) {
      return "0x" + HexFormat.of().formatHex(bytes);
    }
    return value instanceof Number number ? number(number) : "'" + value + "'";
  }

  private static String number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double wide = Double.parseDouble(number.toString());
      if (Double.isNaN(wide) || Double.isInfinite(wide)) {
        return Double.toString(wide);
      }
    }
    BigDecimal exact = new BigDecimal(number.toString());
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }
}
