package dev.outgrow.importer.translate;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time value of SQLite with its modifiers, as a {@code timestamp} in UTC. SQLite answers NULL
 * before noon of 24 November −4713 and after the year 9999; the conditions hold inside.
 */
final class Moment {
  private static final long FIRST = -210_866_760_000L;
  private static final long LAST = 253_402_300_799L;
  private static final String FIRST_TEXT = "4714-11-24 12:00:00 BC";
  private static final String LAST_TEXT = "9999-12-31 23:59:59";
  private static final String NOW = "(statement_timestamp() AT TIME ZONE 'UTC')";
  private static final Pattern ISO =
      Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)(?:[ T](\\d\\d):(\\d\\d)(?::(\\d\\d))?)?");
  private static final Pattern ADD =
      Pattern.compile("([+-]?)(\\d{1,9}) +(second|minute|hour|day|month|year)s?");

  private final Function.Use use;
  private final List<String> conditions = new ArrayList<>();
  private final Stability stability;
  private String sql;
  private int next;
  private boolean epoch;
  private boolean ancient;
  private boolean now;
  private boolean firstOfMonth;
  private boolean cut;
  private long added;
  private long least = FIRST;
  private long leastCut = FIRST;
  private long most = LAST;
  private String seconds = "";

  private Moment(Function.Use use, int from) throws RefusedException {
    this.use = use;
    this.next = from;
    if (from >= use.count()) {
      this.sql = NOW;
      this.now = true;
    } else {
      this.sql = value(use.arguments().get(from));
      next++;
    }
    Stability of = from < use.count() ? use.arguments().get(from).stability() : Stability.STABLE;
    this.stability = now ? Stability.STABLE : of;
    while (next < use.count()) {
      modify(plainText(use.arguments().get(next++)));
    }
    finish();
  }

  static Moment of(Function.Use use, int from) throws RefusedException {
    return new Moment(use, from);
  }

  String sql() {
    return sql;
  }

  /** Returns whether it may lie before the year 1. */
  boolean isAncient() {
    return ancient;
  }

  Typed guarded(String answer, Kind kind) {
    String guarded =
        conditions.isEmpty()
            ? answer
            : "(CASE WHEN " + String.join(" AND ", conditions) + " THEN " + answer + " END)";
    return Typed.of(guarded, kind, stability);
  }

  private String value(Typed value) throws RefusedException {
    Values.repeatable(value, use.at());
    if (value.kind() == Kind.MOMENT && value.type().equals("date")) {
      return value.sql() + "::timestamp";
    }
    if (value.kind() == Kind.INTEGER) {
      if (next + 1 >= use.count()
          || !Ascii.same(plainText(use.arguments().get(next + 1)), "unixepoch")) {
        throw use.refused("of a number without 'unixepoch'");
      }
      next++;
      epoch = true;
      ancient = true;
      seconds = Values.integer(value, use.at()).sql();
      return "(to_timestamp(" + seconds + ") AT TIME ZONE 'UTC')";
    }
    if (value.form() == Typed.Form.DATE_TIME && value.stability() == Stability.STABLE) {
      now = true; // nothing else is a day and a time, and changes
      return value.sql() + "::timestamp";
    }
    String text = plainText(value);
    if (Ascii.same(text, "now")) {
      now = true;
      return NOW;
    }
    return "timestamp '" + iso(text) + "'";
  }

  private String plainText(Typed value) throws RefusedException {
    if (value.literal() instanceof Literal.Text text) {
      return text.value();
    }
    throw use.refused("of a text that may be anything");
  }

  private String iso(String text) throws RefusedException {
    Matcher iso = ISO.matcher(text);
    try {
      if (iso.matches() && !iso.group(1).equals("0000")) {
        LocalDate.of(number(iso, 1), number(iso, 2), number(iso, 3));
        LocalTime.of(number(iso, 4), number(iso, 5), number(iso, 6));
        return text.replace('T', ' ');
      }
    } catch (DateTimeException e) {
      throw use.refused("of a day or time that does not exist");
    }
    throw use.refused("of a text that is no plain day or time");
  }

  private static int number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
  }

  private void modify(String modifier) throws RefusedException {
    String folded = modifier.toLowerCase(Locale.ROOT);
    Matcher add = ADD.matcher(folded);
    switch (folded) {
      case "start of day" -> start("day", LocalDate.of(-4713, 11, 25));
      case "start of month" -> start("month", LocalDate.of(-4713, 12, 1));
      case "start of year" -> start("year", LocalDate.of(-4712, 1, 1));
      default -> {
        if (!add.matches()) {
          throw use.refused("with the modifier " + modifier);
        }
        add(add);
      }
    }
  }

  private void start(String unit, LocalDate first) throws RefusedException {
    sql = "date_trunc('" + unit + "', " + sql + ")";
    if (!cut) {
      leastCut = Math.max(leastCut, first.atStartOfDay().toEpochSecond(ZoneOffset.UTC) - added);
    } else if (epoch && !conditions.isEmpty()) {
      throw use.refused("with this sequence of modifiers");
    }
    cut = true;
    firstOfMonth = !unit.equals("day") || firstOfMonth;
  }

  /** A month more has another day in SQLite if that month is too short for it. */
  private void add(Matcher add) throws RefusedException {
    String unit = add.group(3);
    long count = Long.parseLong(add.group(1) + add.group(2));
    boolean months = unit.equals("month") || unit.equals("year");
    if (months && !firstOfMonth) {
      throw use.refused("with months or years added to any day");
    }
    if (months ? Math.abs(count) > 100 : Math.abs(count) > 1_000_000 && unit.equals("day")) {
      throw use.refused("with so much added");
    }
    firstOfMonth &= months;
    sql = "(" + sql + " + interval '" + count + " " + unit + "')";
    if (!cut && !months) {
      added += count * seconds(unit);
      least = Math.max(least, FIRST - added);
      most = Math.min(most, LAST - added);
    } else if (!now) {
      conditions.add(
          sql + " BETWEEN timestamp '" + FIRST_TEXT + "' AND timestamp '" + LAST_TEXT + "'");
    }
  }

  private static long seconds(String unit) {
    return switch (unit) {
      case "second" -> 1;
      case "minute" -> 60;
      case "hour" -> 3600;
      default -> 86_400;
    };
  }

  private void finish() throws RefusedException {
    if (epoch) {
      // SQLite looks at the result alone: what is cut and then added to may be early in between.
      least = conditions.isEmpty() ? Math.max(least, leastCut) : least;
      conditions.add(0, seconds + " BETWEEN " + least + " AND " + most);
    } else if (!now && added != 0) {
      conditions.add(
          0, sql + " BETWEEN timestamp '" + FIRST_TEXT + "' AND timestamp '" + LAST_TEXT + "'");
    }
  }
}
