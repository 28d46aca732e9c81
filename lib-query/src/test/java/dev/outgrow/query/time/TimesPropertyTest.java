package dev.outgrow.query.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.outgrow.database.Backend;
import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.DatePart;
import dev.outgrow.query.Moment;
import dev.outgrow.query.Step;
import dev.outgrow.query.Steps;
import dev.outgrow.query.fixture.BothBackends;
import dev.outgrow.query.fixture.JvmZone;
import dev.outgrow.query.fixture.Moments;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.InsertValuesStep5;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Every field and condition on random moments, against java.time, in three JVM zones. */
class TimesPropertyTest {
  private static final int ROWS = Boolean.getBoolean("outgrow.exhaustive") ? 2_000 : 60;
  private static final Table<Record> T = table(name("moments"));
  private static final Field<Integer> ID = field(name("id"), Integer.class);
  private static final Field<Long> SECONDS = field(name("seconds"), Long.class);
  private static final Field<Long> MILLIS = field(name("millis"), Long.class);
  private static final Field<Instant> INSTANT = field(name("instant"), SQLDataType.INSTANT);
  private static final Field<OffsetDateTime> OFFSET =
      field(name("dated"), SQLDataType.TIMESTAMPWITHTIMEZONE);
  private static final String PATTERN = "'at' yyyy-MM-dd HH:mm:ss 100% \"'' 'o''clock YYYY\\'";

  private static @Nullable BothBackends both;

  /** A way to keep moments, and how exactly it does. */
  private record Way(Moment moment, ChronoUnit unit) {
    Instant kept(Instant exact) {
      return exact.truncatedTo(unit);
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way(Moment.ofEpochSeconds(SECONDS), ChronoUnit.SECONDS),
          new Way(Moment.ofEpochMillis(MILLIS), ChronoUnit.MILLIS),
          new Way(Moment.of(INSTANT), ChronoUnit.MICROS),
          new Way(Moment.ofOffset(OFFSET), ChronoUnit.MICROS));

  @BeforeContainer
  static void createTheTable() {
    both = BothBackends.open();
    both.execute(
        "create table moments (id integer, seconds bigint, millis bigint,"
            + " instant timestamp with time zone, dated timestamp with time zone)");
  }

  @AfterContainer
  static void close() {
    both().close();
  }

  private static BothBackends both() {
    return Objects.requireNonNull(both);
  }

  @Provide
  Arbitrary<List<Instant>> moments() {
    return Moments.arbitrary().list().ofSize(ROWS);
  }

  @Property(tries = 1, seed = "20251102")
  void readsTheClocksAndCalendarsOfAZone(@ForAll("moments") List<Instant> moments) {
    JvmZone.inEach(() -> checkClocks(moments));
  }

  private static void checkClocks(List<Instant> moments) {
    fill(moments);
    for (Backend backend : Backend.values()) {
      for (ZoneId zone : Moments.ZONES) {
        for (Way way : WAYS) {
          Moment m = way.moment();
          Function<Instant, ZonedDateTime> there = each -> way.kept(each).atZone(zone);
          check(backend, moments, Times.date(m, zone), there.andThen(ZonedDateTime::toLocalDate));
          for (CalendarUnit unit : dateUnits()) {
            check(backend, moments, Times.startOf(m, unit, zone), there.andThen(floor(unit)));
          }
          check(
              backend,
              moments,
              Times.startOfWeek(m, zone, DayOfWeek.SUNDAY),
              there.andThen(
                  z -> z.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))));
          for (DatePart part : DatePart.values()) {
            check(backend, moments, Times.part(part, m, zone), there.andThen(z -> part(part, z)));
          }
          check(
              backend,
              moments,
              Times.format(m, zone, PATTERN),
              there.andThen(z -> z.format(formatter())));
        }
      }
    }
  }

  @Property(tries = 3, seed = "20251103")
  void convertsAndReckonsWithoutAZone(@ForAll("moments") List<Instant> moments) {
    JvmZone.inEach(
        () -> {
          fill(moments);
          for (Backend backend : Backend.values()) {
            WAYS.forEach(way -> checkConversions(backend, moments, way));
            checkRanges(backend, moments);
          }
        });
  }

  @Property(tries = 3, seed = "20251104")
  void findsTheStepThatHoldsAMoment(@ForAll("moments") List<Instant> moments) {
    fill(moments);
    List<Instant> sorted = moments.stream().sorted().toList();
    Instant from = sorted.get(sorted.size() / 8);
    for (ZoneId zone : Moments.ZONES) {
      for (CalendarUnit unit : CalendarUnit.values()) {
        Instant late = sorted.get(sorted.size() * 5 / 6);
        Instant to = unit == CalendarUnit.HOUR ? from.plus(Duration.ofDays(90)) : late;
        Steps steps = Steps.between(from, to, Step.of(unit, zone));
        for (Backend backend : Backend.values()) {
          WAYS.forEach(way -> checkSteps(backend, moments, way, steps, to));
        }
      }
    }
  }

  private static void checkSteps(
      Backend backend, List<Instant> moments, Way way, Steps steps, Instant to) {
    Field<Integer> position = steps.position(way.moment()).as("answer");
    List<@Nullable Integer> expected = new ArrayList<>();
    List<Instant> begins = steps.begins();
    for (Instant each : moments) {
      Instant kept = way.kept(each);
      int found = Collections.binarySearch(begins, kept);
      if (kept.isBefore(to) && found != -1 && !kept.isBefore(steps.from())) {
        expected.add(found < 0 ? -found - 2 : found);
      }
    }
    List<Integer> positions =
        both()
            .read(
                backend,
                sql ->
                    sql.select(position)
                        .from(T)
                        .where(steps.contain(way.moment()))
                        .orderBy(ID)
                        .fetch(position));

    assertThat(positions).as("%s on %s", way, backend).isEqualTo(expected);
  }

  private static void checkConversions(Backend backend, List<Instant> moments, Way way) {
    Moment m = way.moment();
    check(backend, moments, Times.instant(m), way::kept);
    check(backend, moments, Times.epochSeconds(m), e -> way.kept(e).getEpochSecond());
    check(backend, moments, Times.epochMillis(m), e -> way.kept(e).toEpochMilli());
    for (Duration length : List.of(Duration.ofSeconds(7), Duration.ofMinutes(15))) {
      check(backend, moments, Times.bucket(m, length), e -> bucket(way.kept(e), length));
    }
    check(
        backend,
        moments,
        Times.plus(m, Duration.ofSeconds(-90, 1_000)),
        e -> way.kept(e).plus(Duration.ofSeconds(-90, 1_000)));
    check(
        backend,
        moments,
        Times.micros(WAYS.get(0).moment(), m),
        e -> ChronoUnit.MICROS.between(WAYS.get(0).kept(e), way.kept(e)));
    check(
        backend,
        moments,
        Times.seconds(m, WAYS.get(0).moment()),
        e ->
            Math.floorDiv(ChronoUnit.MICROS.between(way.kept(e), WAYS.get(0).kept(e)), 1_000_000L));
  }

  /** Every bound is one of the moments, where a range is easily off by one. */
  private static void checkRanges(Backend backend, List<Instant> moments) {
    List<Instant> sorted = moments.stream().sorted().toList();
    Instant from = sorted.get(sorted.size() / 4);
    Instant to = sorted.get(sorted.size() * 3 / 4);
    LocalDate date = from.atZone(Moments.ZONES.get(1)).toLocalDate();
    for (Way way : WAYS) {
      checkRows(
          backend,
          moments,
          Times.between(way.moment(), from, to),
          each -> !way.kept(each).isBefore(from) && way.kept(each).isBefore(to));
      for (ZoneId zone : Moments.ZONES) {
        checkRows(
            backend,
            moments,
            Times.on(way.moment(), date, zone),
            each -> way.kept(each).atZone(zone).toLocalDate().equals(date));
      }
    }
  }

  private static void checkRows(
      Backend backend, List<Instant> moments, Condition condition, Function<Instant, Boolean> in) {
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      if (in.apply(moments.get(i))) {
        expected.add(i);
      }
    }
    List<Integer> rows =
        both().read(backend, sql -> sql.select(ID).from(T).where(condition).orderBy(ID).fetch(ID));

    assertThat(rows).as("%s on %s", condition, backend).isEqualTo(expected);
  }

  private static <T> void check(
      Backend backend, List<Instant> moments, Field<T> field, Function<Instant, T> oracle) {
    Field<T> named = field.as("answer");
    List<T> answers =
        both().read(backend, sql -> sql.select(named).from(T).orderBy(ID).fetch(named));

    assertThat(answers)
        .as("%s on %s", field, backend)
        .isEqualTo(moments.stream().map(oracle).toList());
  }

  private static void fill(List<Instant> moments) {
    both()
        .write(
            sql -> {
              sql.deleteFrom(T).execute();
              InsertValuesStep5<Record, Integer, Long, Long, Instant, OffsetDateTime> insert =
                  sql.insertInto(T, ID, SECONDS, MILLIS, INSTANT, OFFSET);
              for (int i = 0; i < moments.size(); i++) {
                Instant each = moments.get(i);
                ZoneId zone = Moments.ZONES.get(i % Moments.ZONES.size());
                insert =
                    insert.values(
                        i,
                        each.getEpochSecond(),
                        each.toEpochMilli(),
                        each,
                        each.atZone(zone).toOffsetDateTime());
              }
              insert.execute();
            });
  }

  private static Instant bucket(Instant moment, Duration length) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
  }

  private static List<CalendarUnit> dateUnits() {
    return List.of(CalendarUnit.WEEK, CalendarUnit.MONTH, CalendarUnit.QUARTER, CalendarUnit.YEAR);
  }

  private static Function<ZonedDateTime, LocalDate> floor(CalendarUnit unit) {
    return there -> {
      LocalDate date = there.toLocalDate();
      return switch (unit) {
        case HOUR, DAY -> date;
        case WEEK -> date.with(ChronoField.DAY_OF_WEEK, 1);
        case MONTH -> date.withDayOfMonth(1);
        case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
        case YEAR -> date.withDayOfYear(1);
      };
    };
  }

  private static int part(DatePart part, ZonedDateTime there) {
    return switch (part) {
      case YEAR -> there.getYear();
      case QUARTER -> there.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> there.getMonthValue();
      case DAY -> there.getDayOfMonth();
      case WEEKDAY -> there.getDayOfWeek().getValue();
      case DAY_OF_YEAR -> there.getDayOfYear();
      case WEEK -> there.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case WEEK_YEAR -> there.get(IsoFields.WEEK_BASED_YEAR);
      case HOUR -> there.getHour();
      case MINUTE -> there.getMinute();
      case SECOND -> there.getSecond();
    };
  }

  private static DateTimeFormatter formatter() {
    return DateTimeFormatter.ofPattern(PATTERN, Locale.ROOT);
  }
}
