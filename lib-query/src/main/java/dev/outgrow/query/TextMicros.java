package dev.outgrow.query;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/**
 * {@code outgrow_text_micros(text)}: the microseconds since 1970 of a moment as jOOQ writes it,
 * {@code 2025-03-09 07:30:00.5+00:00}; null for null. SQLite's own functions end at milliseconds.
 */
final class TextMicros extends Function {
  static final String NAME = "outgrow_text_micros";

  @Override
  protected void xFunc() throws SQLException {
    if (value_type(0) == Codes.SQLITE_NULL) {
      result();
      return;
    }
    try {
      OffsetDateTime moment = OffsetDateTime.parse(value_text(0).replace(' ', 'T'));
      result(ChronoUnit.MICROS.between(Instant.EPOCH, moment.toInstant()));
    } catch (DateTimeException | ArithmeticException unreadable) {
      throw new SQLException("a text is no moment with its offset from UTC", unreadable);
    }
  }
}
