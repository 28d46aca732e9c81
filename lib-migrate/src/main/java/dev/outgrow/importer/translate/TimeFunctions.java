package dev.outgrow.importer.translate;

import static dev.outgrow.importer.translate.Function.scalar;

import dev.outgrow.sql.Dialect;
import java.util.List;

/** Functions of days and times: of now, of epoch seconds, of columns that became dates. */
final class TimeFunctions {
  static final List<Function> ALL =
      List.of(
          scalar(
              "date",
              0,
              9,
              u -> text(u, 0, "%Y-%m-%d", Typed.Form.DATE),
              "date(i, 'unixepoch')",
              "date(i, 'unixepoch', 'start of month')",
              "date('2024-02-29', '+1 days')",
              "date(i, 'unixepoch', 'start of month', '+1 month', '-1 day')"),
          scalar(
              "time",
              0,
              9,
              u -> text(u, 0, "%H:%M:%S", Typed.Form.ANY),
              "time(i, 'unixepoch')",
              "time(i, 'unixepoch', '+90 minutes')"),
          scalar(
              "datetime",
              0,
              9,
              u -> text(u, 0, "%Y-%m-%d %H:%M:%S", Typed.Form.DATE_TIME),
              "datetime(i, 'unixepoch')",
              "datetime(i, 'unixepoch', 'start of day')",
              "datetime(i, 'unixepoch', 'start of year', '+1 days')",
              "datetime('2024-02-29 12:30', '-2 hours')"),
          scalar(
              "strftime",
              1,
              9,
              TimeFunctions::strftime,
              "strftime('%Y-%m', i, 'unixepoch')",
              "strftime('%s', i, 'unixepoch')",
              "strftime('%Y', i, 'unixepoch')",
              "strftime('%Y-%m-%dT%H:%M:%fZ', i, 'unixepoch')",
              "strftime('%f', '2024-02-29 12:30:07')",
              "strftime('%j|%w|%u|%H:%M:%S|%F|%T|%R|%d/%m', i, 'unixepoch')",
              "CAST(strftime('%w', i, 'unixepoch') AS INTEGER)"),
          scalar(
              "unixepoch",
              0,
              9,
              TimeFunctions::unixepoch,
              "unixepoch(i, 'unixepoch')",
              "unixepoch(i, 'unixepoch', 'start of day')",
              "unixepoch('2024-02-29 23:59:59')"),
          scalar(
              "julianday",
              0,
              9,
              TimeFunctions::julianday,
              "julianday(i, 'unixepoch')",
              "julianday('2024-02-29')"),
          scalar(
              "current_timestamp",
              0,
              0,
              u -> text(u, 0, "%Y-%m-%d %H:%M:%S", Typed.Form.DATE_TIME),
              "CURRENT_TIMESTAMP"),
          scalar(
              "current_date", 0, 0, u -> text(u, 0, "%Y-%m-%d", Typed.Form.DATE), "CURRENT_DATE"),
          scalar(
              "current_time", 0, 0, u -> text(u, 0, "%H:%M:%S", Typed.Form.ANY), "CURRENT_TIME"));

  private TimeFunctions() {}

  private static Typed text(Function.Use use, int from, String format, Typed.Form form)
      throws RefusedException {
    Moment moment = Moment.of(use, from);
    return moment.guarded(TimeFormat.text(moment, format, use), Kind.TEXT).withForm(form);
  }

  private static Typed strftime(Function.Use use) throws RefusedException {
    if (!(use.argument(0).literal() instanceof Literal.Text format)) {
      throw use.refused("with a format that is not a plain text");
    }
    return text(use, 1, format.value(), TimeFormat.form(format.value()));
  }

  private static Typed unixepoch(Function.Use use) throws RefusedException {
    Moment moment = Moment.of(use, 0);
    return moment.guarded(TimeFormat.epochSeconds(moment), Kind.INTEGER);
  }

  /** SQLite keeps whole milliseconds since noon of the day 0 and divides by those of a day. */
  private static Typed julianday(Function.Use use) throws RefusedException {
    Moment moment = Moment.of(use, 0);
    String millis = "floor(extract(epoch FROM " + moment.sql() + ") * 1000)::bigint";
    String sql = "((" + millis + " + 210866760000000) / 86400000.0::double precision)";
    return moment.guarded(sql, Kind.REAL);
  }

  static String quoted(String text) {
    return Dialect.POSTGRESQL.literal(text) + "::text";
  }
}
