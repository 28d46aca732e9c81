package dev.outgrow.examples.statistics;

import static dev.outgrow.examples.statistics.SessionFields.BY_PLAYS;
import static dev.outgrow.examples.statistics.SessionFields.BY_SECONDS;
import static dev.outgrow.examples.statistics.SessionFields.PLAYS;
import static dev.outgrow.examples.statistics.SessionFields.SECONDS;
import static dev.outgrow.examples.statistics.SessionFields.START;
import static media.db.core.Tables.ITEMS;
import static media.db.core.Tables.LIBRARIES;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static media.db.core.Tables.USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.outgrow.query.CalendarUnit;
import dev.outgrow.query.Step;
import dev.outgrow.query.Steps;
import dev.outgrow.query.lateral.Beside;
import dev.outgrow.query.lateral.Children;
import dev.outgrow.query.series.Profile;
import dev.outgrow.query.series.Series;
import dev.outgrow.query.series.TopN;
import java.math.BigDecimal;
import media.db.core.tables.Items;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The questions of the pages about a period, as jOOQ; no line of it is SQL. */
final class PeriodQueries {
  static final int TOP = 10;
  private static final int TOP_PLATFORMS = 5;
  private static final int MOST_USERS = 500;

  private final Period period;
  private final Condition within;

  PeriodQueries(Period period) {
    this.period = period;
    this.within = period.contains(START);
  }

  /** Plays, seconds, different users. */
  Select<?> totals() {
    return select(PLAYS, SECONDS, countDistinct(SESSIONS.USER_ID)).from(SESSIONS).where(within);
  }

  /** Name, plays, seconds. */
  Select<?> topUsers() {
    return select(SessionFields.nameOf(USERS), PLAYS, SECONDS)
        .from(SESSIONS)
        .join(USERS)
        .on(USERS.ID.eq(SESSIONS.USER_ID))
        .where(within)
        .groupBy(USERS.ID, USERS.FRIENDLY_NAME, USERS.USERNAME)
        .orderBy(BY_SECONDS.desc(), USERS.ID)
        .limit(TOP);
  }

  /**
   * Title, kind, plays; no title and no kind for what was deleted since. The items are counted
   * before they are looked up: there are many, and ten are shown.
   */
  Select<?> topItems() {
    Table<?> top =
        select(SESSIONS.ITEM_ID, PLAYS)
            .from(SESSIONS)
            .where(within)
            .groupBy(SESSIONS.ITEM_ID)
            .orderBy(BY_PLAYS.desc(), SESSIONS.ITEM_ID)
            .limit(TOP)
            .asTable("top");
    Items item = ITEMS.as("i");
    Items parent = ITEMS.as("parent");
    Items above = ITEMS.as("above");
    Field<Long> plays = field(name("top", "plays"), SQLDataType.BIGINT);
    Field<Long> id = field(name("top", "item_id"), SQLDataType.BIGINT);
    return select(SessionFields.fullTitle(item, above), item.MEDIA_TYPE, plays)
        .from(top)
        .leftJoin(item)
        .on(item.ID.eq(id))
        .leftJoin(parent)
        .on(parent.ID.eq(item.PARENT_ID))
        .leftJoin(above)
        .on(above.ID.eq(parent.PARENT_ID))
        .orderBy(plays.desc(), id);
  }

  /** Begin, platform, other, plays. */
  Select<?> playsPerDay() {
    return Series.of(SESSIONS)
        .at(START, period.days())
        .splitBy(SESSIONS.PLATFORM, TopN.of(TOP_PLATFORMS, PLAYS))
        .select(PLAYS);
  }

  /** Weekday, hour, plays: 168 rows. */
  Select<?> weekHours() {
    return Profile.of(SESSIONS).where(within).at(START, period.zone()).weekHours().select(PLAYS);
  }

  /** Begin, peak. */
  Select<?> streams() {
    return new ConcurrentStreams(period).perDay();
  }

  /**
   * Begin, decision, plays. Details lie in the order of sessions: those of the period are between
   * its first and its last, wherever the others are.
   */
  Select<?> decisions() {
    Field<Long> id = SESSIONS.ID.plus(inline(0L)); // through the index of starts, not that of ids
    Condition between =
        STREAM_DETAILS
            .SESSION_ID
            .ge(field(select(min(id)).from(SESSIONS).where(within)))
            .and(STREAM_DETAILS.SESSION_ID.le(field(select(max(id)).from(SESSIONS).where(within))));
    return Series.of(SESSIONS.join(STREAM_DETAILS).on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID)))
        .where(between)
        .at(START, period.days())
        .splitBy(STREAM_DETAILS.VIDEODECISION)
        .select(PLAYS);
  }

  /** Begin, plays: the twelve months up to the last day. */
  Select<?> months() {
    var first = period.last().withDayOfMonth(1).minusMonths(11).atStartOfDay(period.zone());
    var end = period.to().atStartOfDay(period.zone());
    Steps months =
        Steps.between(
            first.toInstant(), end.toInstant(), Step.of(CalendarUnit.MONTH, period.zone()));
    return Series.of(SESSIONS).at(START, months).select(PLAYS);
  }

  /** Begin, seconds. */
  Select<?> secondsPerDay() {
    return Series.of(SESSIONS).at(START, period.days()).select(SECONDS);
  }

  /** Library, plays, seconds. Items are added up before their libraries are. */
  Select<?> libraries() {
    Table<?> items =
        select(SESSIONS.ITEM_ID, PLAYS, SECONDS)
            .from(SESSIONS)
            .where(within)
            .groupBy(SESSIONS.ITEM_ID)
            .asTable("played");
    return select(
            LIBRARIES.NAME,
            sum(field(name("played", "plays"), SQLDataType.BIGINT)).as("plays"),
            sum(field(name("played", "seconds"), SQLDataType.NUMERIC)).as("seconds"))
        .from(items)
        .join(ITEMS)
        .on(ITEMS.ID.eq(field(name("played", "item_id"), SQLDataType.BIGINT)))
        .join(LIBRARIES)
        .on(LIBRARIES.ID.eq(ITEMS.LIBRARY_ID))
        .groupBy(LIBRARIES.ID, LIBRARIES.NAME)
        .orderBy(sum(field(name("played", "plays"), SQLDataType.BIGINT)).desc(), LIBRARIES.ID);
  }

  /**
   * Name, active, plays and seconds in the period, the latest session ever and its title.
   *
   * <p>The period's sessions are added up once, for all users: they lie together, while those of
   * each user would be looked for through an index. The latest one stands beside each user.
   */
  Select<?> users() {
    Table<?> totals =
        select(SESSIONS.USER_ID, PLAYS, SECONDS)
            .from(SESSIONS)
            .where(within)
            .groupBy(SESSIONS.USER_ID)
            .asTable("totals");
    // Neither is ever null; to say so lets PostgreSQL read its index backwards.
    Beside latest =
        Children.of(SESSIONS)
            .by(SESSIONS.USER_ID, USERS.ID)
            .latest(
                "latest", SESSIONS.STARTED.desc().nullsFirst(), SESSIONS.ID.desc().nullsFirst());
    return select(
            SessionFields.nameOf(USERS).as("who"),
            USERS.IS_ACTIVE,
            coalesce(field(name("totals", "plays"), SQLDataType.BIGINT), inline(0L)).as("plays"),
            coalesce(field(name("totals", "seconds"), SQLDataType.NUMERIC), inline(BigDecimal.ZERO))
                .as("seconds"),
            latest.get(SESSIONS.STARTED).as("latest_start"),
            latest.get(SESSIONS.PLATFORM).as("latest_platform"),
            ITEMS.TITLE)
        .from(
            latest
                .besideEach(USERS)
                .leftJoin(totals)
                .on(field(name("totals", "user_id"), SQLDataType.BIGINT).eq(USERS.ID))
                .leftJoin(ITEMS)
                .on(ITEMS.ID.eq(latest.get(SESSIONS.ITEM_ID))))
        .orderBy(BY_SECONDS.desc(), USERS.ID)
        .limit(MOST_USERS);
  }
}
