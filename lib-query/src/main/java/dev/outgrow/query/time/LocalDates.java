package dev.outgrow.query.time;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.DatePart;
import dev.outgrow.query.Moment;
import dev.outgrow.query.PerBackend;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The first dates of the calendar's units. */
final class LocalDates {
  private LocalDates() {}

  static Field<LocalDate> startOf(
      Moment moment, CalendarUnit unit, ZoneId zone, DayOfWeek firstOfWeek) {
    if (unit == CalendarUnit.HOUR) {
      throw new ConfigurationException("The unit of a date", unit.name(), "DAY and longer");
    }
    return PerBackend.field(
        SQLDataType.LOCALDATE,
        postgres(moment.postgresLocal(zone), unit, firstOfWeek),
        sqlite(moment, unit, zone, firstOfWeek));
  }

  private static Field<?> postgres(Field<?> local, CalendarUnit unit, DayOfWeek first) {
    // date_trunc's weeks begin on Monday.
    int shift = unit == CalendarUnit.WEEK ? first.getValue() - 1 : 0;
    return field(
        "cast(date_trunc({0}, {1} - make_interval(days => {2})) + make_interval(days => {2})"
            + " as date)",
        inline(unit.name().toLowerCase(Locale.ROOT)), local, inline(shift));
  }

  private static Field<?> sqlite(Moment moment, CalendarUnit unit, ZoneId zone, DayOfWeek first) {
    Field<Long> local = moment.sqliteLocal(zone);
    return switch (unit) {
      case HOUR, DAY -> field("date({0}, 'unixepoch')", local);
      case WEEK ->
          field(
              "date({0}, 'unixepoch', '-6 days', {1})",
              local, inline("weekday " + first.getValue() % 7));
      case MONTH -> field("date({0}, 'unixepoch', 'start of month')", local);
      case QUARTER ->
          field(
              "date({0}, 'unixepoch', 'start of year', (3 * ({1} - 1)) || ' months')",
              local, moment.part(DatePart.QUARTER, zone));
      case YEAR -> field("date({0}, 'unixepoch', 'start of year')", local);
    };
  }
}
