package dev.outgrow.examples.media;

import static media.db.core.Tables.ITEMS;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static media.db.core.Tables.USERS;
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
import media.db.core.tables.Items;
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

  private static final Field<Long> WATCHED =
      SESSIONS.STOPPED.minus(SESSIONS.STARTED).minus(SESSIONS.PAUSED_SECONDS);
  private static final Moment START = Moment.ofEpochSeconds(SESSIONS.STARTED);

  private final DSLContext sql;

  MediaQueries(DSLContext sql) {
    this.sql = sql;
  }

  /** Who, plays, seconds. */
  Select<?> topUsers() {
    Field<String> friendly = nullif(USERS.FRIENDLY_NAME, inline(""));
    return sql.select(coalesce(friendly, USERS.USERNAME), PLAYS, sum(WATCHED).as(SECONDS))
        .from(SESSIONS)
        .join(USERS)
        .on(USERS.ID.eq(SESSIONS.USER_ID))
        .where(SESSIONS.STOPPED.isNotNull())
        .groupBy(USERS.ID, USERS.FRIENDLY_NAME, USERS.USERNAME)
        .orderBy(SECONDS.desc(), USERS.ID)
        .limit(TOP);
  }

  /** Title, kind, plays, viewers. */
  Select<?> mostPlayed() {
    Items item = ITEMS.as("i");
    Items season = ITEMS.as("season");
    Items show = ITEMS.as("show");
    return sql.select(
            coalesce(concat(show.TITLE, inline(" · "), item.TITLE), item.TITLE),
            item.MEDIA_TYPE,
            PLAYS,
            countDistinct(SESSIONS.USER_ID))
        .from(SESSIONS)
        .join(item)
        .on(item.ID.eq(SESSIONS.ITEM_ID))
        .leftJoin(season)
        .on(season.ID.eq(item.PARENT_ID))
        .leftJoin(show)
        .on(show.ID.eq(season.PARENT_ID))
        .groupBy(item.ID, item.TITLE, item.MEDIA_TYPE, show.TITLE)
        .orderBy(PLAYS.desc(), item.ID)
        .limit(TOP);
  }

  /** Begin, plays, seconds. */
  Select<?> months(Year year) {
    Steps months =
        Steps.between(first(year), first(year.plusYears(1)), Step.of(CalendarUnit.MONTH, UTC));
    return Series.of(SESSIONS)
        .at(START, months)
        .select(PLAYS, coalesce(sum(WATCHED), inline(BigDecimal.ZERO)).as(SECONDS));
  }

  private static Instant first(Year year) {
    return year.atDay(1).atStartOfDay(UTC).toInstant();
  }

  /** Weekday, hour, plays. */
  Select<?> busiestHours() {
    Table<Record> week =
        Profile.of(SESSIONS).at(START, UTC).weekHours().select(PLAYS).asTable("week");
    Field<Long> plays = week.field(PLAYS);
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
    Field<String> bitrate = STREAM_DETAILS.BITRATE.cast(SQLDataType.CLOB);
    Field<Long> kilobits = when(isWhole(bitrate), bitrate.cast(SQLDataType.BIGINT));
    return sql.select(
            SESSIONS.PLATFORM,
            PLAYS,
            count().filterWhere(STREAM_DETAILS.VIDEODECISION.eq(inline("transcode"))),
            round(avg(kilobits)))
        .from(SESSIONS)
        .join(STREAM_DETAILS)
        .on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID))
        .where(SESSIONS.PLATFORM.isNotNull())
        .groupBy(SESSIONS.PLATFORM)
        .orderBy(PLAYS.desc(), byCodePoint(SESSIONS.PLATFORM));
  }

  /** Nothing is left of it but digits, few enough for a number. */
  private static Condition isWhole(Field<String> text) {
    return ltrim(text, inline("0123456789")).eq(inline("")).and(length(text).between(1, 9));
  }

  private static Field<String> byCodePoint(Field<String> text) {
    return PerBackend.field(SQLDataType.CLOB, text.collate("C"), text);
  }
}
