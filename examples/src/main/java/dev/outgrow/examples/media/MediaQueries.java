package dev.outgrow.examples.media;

import static org.jooq.impl.DSL.avg;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.ltrim;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.round;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.Moment;
import dev.outgrow.query.PerBackend;
import dev.outgrow.query.Step;
import dev.outgrow.query.Steps;
import dev.outgrow.query.series.Profile;
import dev.outgrow.query.series.Series;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The five statistics of a schema as jOOQ, on either backend; no line of it is SQL. */
final class MediaQueries {
  static final Field<Long> PLAYS = count().cast(SQLDataType.BIGINT).as("plays");
  static final Field<BigDecimal> SECONDS = field(name("seconds"), SQLDataType.NUMERIC);

  private static final ZoneId UTC = ZoneOffset.UTC;
  private static final int TOP = 8;

  private static final Field<Long> STARTED = number("s", "started");
  private static final Field<Long> STOPPED = number("s", "stopped");
  private static final Field<Long> WATCHED =
      STOPPED.minus(STARTED).minus(number("s", "paused_seconds"));
  private static final Field<String> PLATFORM = text("s", "platform");
  private static final Moment START = Moment.ofEpochSeconds(STARTED);

  private final DSLContext sql;
  private final String schema;
  private final Table<Record> sessions;

  MediaQueries(DSLContext sql, String schema) {
    this.sql = sql;
    this.schema = schema;
    this.sessions = named("sessions", "s");
  }

  /** Who, plays, seconds. */
  Select<?> topUsers() {
    Field<String> user = text("u", "username");
    Field<String> friendly = text("u", "friendly_name");
    Field<Long> id = number("u", "id");
    return sql.select(coalesce(nullif(friendly, inline("")), user), PLAYS, sum(WATCHED).as(SECONDS))
        .from(sessions)
        .join(named("users", "u"))
        .on(id.eq(number("s", "user_id")))
        .where(STOPPED.isNotNull())
        .groupBy(id, friendly, user)
        .orderBy(SECONDS.desc(), id)
        .limit(TOP);
  }

  /** Title, kind, plays, viewers. */
  Select<?> mostPlayed() {
    Field<Long> id = number("i", "id");
    Field<String> title = text("i", "title");
    Field<String> show = text("show", "title");
    Field<String> kind = text("i", "media_type");
    return sql.select(
            coalesce(concat(show, inline(" · "), title), title),
            kind,
            PLAYS,
            countDistinct(number("s", "user_id")))
        .from(sessions)
        .join(named("items", "i"))
        .on(id.eq(number("s", "item_id")))
        .leftJoin(named("items", "season"))
        .on(number("season", "id").eq(number("i", "parent_id")))
        .leftJoin(named("items", "show"))
        .on(number("show", "id").eq(number("season", "parent_id")))
        .groupBy(id, title, kind, show)
        .orderBy(PLAYS.desc(), id)
        .limit(TOP);
  }

  /** Begin, plays, seconds. */
  Select<?> months(Year year) {
    Steps months =
        Steps.between(first(year), first(year.plusYears(1)), Step.of(CalendarUnit.MONTH, UTC));
    return Series.of(sessions)
        .at(START, months)
        .select(PLAYS, coalesce(sum(WATCHED), inline(BigDecimal.ZERO)).as(SECONDS));
  }

  private static Instant first(Year year) {
    return year.atDay(1).atStartOfDay(UTC).toInstant();
  }

  /** Weekday, hour, plays. */
  Select<?> busiestHours() {
    Table<Record> week =
        Profile.of(sessions).at(START, UTC).weekHours().select(PLAYS).asTable("week");
    Field<Long> plays = number("week", "plays");
    return sql.selectFrom(week)
        .where(plays.gt(0L))
        .orderBy(plays.desc(), Profile.WEEKDAY, Profile.HOUR)
        .limit(TOP);
  }

  /**
   * Platform, plays, transcoded, kilobits. The column bitrate says INTEGER and holds '' and
   * 'unknown' too, and arrives as text: only what is a number may be cast to one.
   */
  Select<?> platforms() {
    Field<String> bitrate = field(name("d", "bitrate")).cast(SQLDataType.CLOB);
    Field<Long> kilobits = when(isWhole(bitrate), bitrate.cast(SQLDataType.BIGINT));
    return sql.select(
            PLATFORM,
            PLAYS,
            count().filterWhere(text("d", "videoDecision").eq(inline("transcode"))),
            round(avg(kilobits)))
        .from(sessions)
        .join(named("stream_details", "d"))
        .on(number("d", "session_id").eq(number("s", "id")))
        .where(PLATFORM.isNotNull())
        .groupBy(PLATFORM)
        .orderBy(PLAYS.desc(), byCodePoint(PLATFORM));
  }

  /** Nothing is left of it but digits, few enough for a number. */
  private static Condition isWhole(Field<String> text) {
    return ltrim(text, inline("0123456789")).eq(inline("")).and(length(text).between(1, 9));
  }

  private static Field<String> byCodePoint(Field<String> text) {
    return PerBackend.field(SQLDataType.CLOB, text.collate("C"), text);
  }

  private Table<Record> named(String table, String alias) {
    return table(name(schema, table)).as(alias);
  }

  private static Field<Long> number(String... qualified) {
    return field(name(qualified), SQLDataType.BIGINT);
  }

  private static Field<String> text(String... qualified) {
    return field(name(qualified), SQLDataType.CLOB);
  }
}
