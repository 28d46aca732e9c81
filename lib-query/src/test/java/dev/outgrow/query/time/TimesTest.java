package dev.outgrow.query.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.outgrow.database.Backend;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.Moment;
import dev.outgrow.query.fixture.BothBackends;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where jOOQ's own functions go wrong, and what is refused. */
class TimesTest {
  private static final BothBackends BOTH = BothBackends.open();
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Table<Record> T = table(name("t"));
  private static final Field<Long> STARTED = field(name("started"), Long.class);
  private static final Field<Long> STOPPED = field(name("stopped"), Long.class);
  private static final Moment START = Moment.ofEpochSeconds(STARTED);
  private static final Moment STOP = Moment.ofEpochSeconds(STOPPED);

  @BeforeAll
  static void createATable() {
    BOTH.execute(
        "create table t (started bigint, stopped bigint)",
        "create index ix_t_started on t (started)",
        // 2025-03-09, from 06:30 to 07:30 in UTC: from 01:30 to 03:30 on New York's clocks.
        "insert into t values (1741501800, 1741505400)");
  }

  @AfterAll
  static void close() {
    BOTH.close();
  }

  /** jOOQ's localDateTimeDiff(SECOND) gives days on SQLite. */
  @ParameterizedTest
  @EnumSource
  void countsSecondsWhereJooqCountsDays(Backend backend) {
    assertThat(one(backend, Times.seconds(START, STOP))).isEqualTo(3_600);
    assertThat(one(backend, Times.seconds(STOP, START))).isEqualTo(-3_600);
  }

  /** jOOQ's trunc(field, HOUR) renders trunc(field, null) on SQLite. */
  @ParameterizedTest
  @EnumSource
  void truncatesWhereJooqRendersNonsense(Backend backend) {
    assertThat(one(backend, Times.bucket(START, Duration.ofHours(1))))
        .isEqualTo(Instant.parse("2025-03-09T06:00:00Z"));
    assertThat(one(backend, Times.startOf(START, CalendarUnit.MONTH, NEW_YORK)))
        .isEqualTo(LocalDate.of(2025, 3, 1));
  }

  /** jOOQ's extract on SQLite takes whole numbers for Julian days. */
  @ParameterizedTest
  @EnumSource
  void takesNumbersForTheEpochTheyAreOf(Backend backend) {
    assertThat(one(backend, Times.year(START, NEW_YORK))).isEqualTo(2025);
    assertThat(one(backend, Times.hour(START, NEW_YORK))).isEqualTo(1);
    assertThat(one(backend, Times.hour(STOP, NEW_YORK))).isEqualTo(3);
  }

  /** PostgreSQL reads +05:30 as west of Greenwich when it is a zone's name. */
  @ParameterizedTest
  @EnumSource
  void countsOffsetsEastwards(Backend backend) {
    assertThat(one(backend, Times.hour(START, ZoneId.of("+05:30")))).isEqualTo(12);
    assertThat(one(backend, Times.hour(START, ZoneId.of("GMT+2")))).isEqualTo(8);
    assertThat(one(backend, Times.hour(START, ZoneId.of("Etc/GMT+5")))).isEqualTo(1);
  }

  /** As parameters the zones of SELECT and GROUP BY would be different expressions. */
  @ParameterizedTest
  @EnumSource
  void canBeGroupedBy(Backend backend) {
    Field<String> day = Times.format(START, NEW_YORK, "yyyy-MM-dd");

    assertThat(
            BOTH.<Record>read(
                backend,
                sql -> sql.fetchSingle(select(day.as("day"), count()).from(T).groupBy(day))))
        .satisfies(row -> assertThat(row.get("day")).isEqualTo("2025-03-09"));
  }

  @ParameterizedTest
  @EnumSource
  void givesNullForNull(Backend backend) {
    Moment never = Moment.ofEpochMillis(val((Long) null, SQLDataType.BIGINT));

    assertThat(one(backend, Times.instant(never))).isNull();
    assertThat(one(backend, Times.hour(never, NEW_YORK))).isNull();
    assertThat(one(backend, Times.date(never, NEW_YORK))).isNull();
    assertThat(one(backend, Times.format(never, NEW_YORK, "yyyy"))).isNull();
    assertThat(one(backend, Times.seconds(never, START))).isNull();
  }

  @Test
  void findsARangeThroughTheIndex() {
    String plan =
        BOTH.<String>read(
            Backend.SQLITE,
            sql ->
                sql.fetch(
                        DSL.sql(
                            "explain query plan {0}",
                            select(STOPPED)
                                .from(T)
                                .where(Times.on(START, LocalDate.of(2025, 3, 9), NEW_YORK))))
                    .getValues("detail", String.class)
                    .toString());

    assertThat(plan).contains("ix_t_started (started>? AND started<?)");
  }

  @Test
  void refusesDialectsItDoesNotKnow() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DSL.using(SQLDialect.MYSQL).render(Times.instant(START)))
        .withMessageContaining("MySQL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"YYYY", "yyyyMMddx", "hh", "'open", "EEE", "é"})
  void refusesPatternsThatWouldMeanSomethingElse(String pattern) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Times.format(START, NEW_YORK, pattern))
        .withMessageContaining(pattern);
  }

  @Test
  void refusesWhatHasNoDateNoLengthOrFractions() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Times.startOf(START, CalendarUnit.HOUR, NEW_YORK));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Times.bucket(START, Duration.ZERO));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Moment.ofEpochSeconds(inline(1.5)))
        .withMessageContaining("Double");
  }

  @SuppressWarnings("NullAway") // a field may be null
  private static <V> V one(Backend backend, Field<V> field) {
    return BOTH.read(backend, sql -> sql.select(field.as("answer")).from(T).fetchSingle().value1());
  }
}
