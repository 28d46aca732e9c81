package dev.outgrow.examples.statistics;

import static dev.outgrow.examples.statistics.Plays.PLAYS;
import static dev.outgrow.examples.statistics.Plays.SECONDS;
import static dev.outgrow.examples.statistics.SessionFields.BY_PLAYS;
import static dev.outgrow.examples.statistics.SessionFields.BY_SECONDS;
import static media.db.core.Tables.ITEMS;
import static media.db.core.Tables.LIBRARIES;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
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
import java.time.Instant;
import java.time.ZoneId;
import media.db.core.tables.Items;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** The questions of the pages about a period, as jOOQ; no line of it is SQL. */
final class PeriodQueries {
  static final int TOP = 10;
  private static final int TOP_PLATFORMS = 5;
  private static final int MOST_USERS = 500;
  private static final String TOTALS = "totals";
  private static final Field<Long> TOTAL_PLAYS = field(name(TOTALS, "plays"), SQLDataType.BIGINT);
  private static final Field<BigDecimal> TOTAL_SECONDS =
      field(name(TOTALS, "seconds"), SQLDataType.NUMERIC);

  private final Period period;
  private final Summed summed;
  private final Plays plays;

  PeriodQueries(Period period, Summed summed) {
    this.period = period;
    this.summed = summed;
    this.plays = new Plays(summed, period.begin(), period.end(), period.zone());
  }

  /** Plays, seconds, different users. */
  Select<?> totals() {
    return select(PLAYS, SECONDS, countDistinct(Plays.USER_ID)).from(plays.byUser());
  }

  /** Name, plays, seconds. The plays of a user are added up before the user is looked up. */
  Select<?> topUsers() {
    Table<?> users = addedUp(Plays.USER_ID, plays.byUser());
    return select(SessionFields.nameOf(USERS), TOTAL_PLAYS, TOTAL_SECONDS)
        .from(users)
        .join(USERS)
        .on(USERS.ID.eq(field(name(TOTALS, "user_id"), SQLDataType.BIGINT)))
        .orderBy(TOTAL_SECONDS.desc(), USERS.ID)
        .limit(TOP);
  }

  private static Table<?> addedUp(Field<Long> key, Table<?> played) {
    return select(key, PLAYS, SECONDS).from(played).groupBy(key).asTable(TOTALS);
  }

  /**
   * Title, kind, plays; no title and no kind for what was deleted since. The items are counted
   * before they are looked up: there are many, and ten are shown.
   */
  Select<?> topItems() {
    Table<?> top =
        select(Plays.ITEM_ID, PLAYS)
            .from(plays.byItem())
            .groupBy(Plays.ITEM_ID)
            .orderBy(BY_PLAYS.desc(), Plays.ITEM_ID)
            .limit(TOP)
            .asTable(TOTALS);
    Items item = ITEMS.as("i");
    Items parent = ITEMS.as("parent");
    Items above = ITEMS.as("above");
    Field<Long> id = field(name(TOTALS, "item_id"), SQLDataType.BIGINT);
    return select(SessionFields.fullTitle(item, above), item.MEDIA_TYPE, TOTAL_PLAYS)
        .from(top)
        .leftJoin(item)
        .on(item.ID.eq(id))
        .leftJoin(parent)
        .on(parent.ID.eq(item.PARENT_ID))
        .leftJoin(above)
        .on(above.ID.eq(parent.PARENT_ID))
        .orderBy(TOTAL_PLAYS.desc(), id);
  }

  /** Begin, platform, other, plays. */
  Select<?> playsPerDay() {
    return Series.of(plays.byPlatform())
        .at(Plays.START, period.days())
        .splitBy(Plays.PLATFORM, TopN.of(TOP_PLATFORMS, PLAYS))
        .select(PLAYS);
  }

  /** Weekday, hour, plays: 168 rows. */
  Select<?> weekHours() {
    return Profile.of(plays.byHour()).at(Plays.START, period.zone()).weekHours().select(PLAYS);
  }

  /** Begin, peak. */
  Select<?> streams() {
    return new ConcurrentStreams(period, plays.ofDays()).perDay();
  }

  /** Begin, decision, plays. */
  Select<?> decisions() {
    return Series.of(plays.byDecision())
        .at(Plays.START, period.days())
        .splitBy(Plays.DECISION)
        .select(PLAYS);
  }

  /** Begin, plays: the twelve months up to the last day. */
  Select<?> months() {
    ZoneId zone = period.zone();
    Instant first = period.last().withDayOfMonth(1).minusMonths(11).atStartOfDay(zone).toInstant();
    Instant end = Instant.ofEpochSecond(period.end());
    Plays year = new Plays(summed, first.getEpochSecond(), period.end(), zone);
    return Series.of(year.byDay())
        .at(Plays.START, Steps.between(first, end, Step.of(CalendarUnit.MONTH, zone)))
        .select(PLAYS);
  }

  /** Begin, seconds. */
  Select<?> secondsPerDay() {
    return Series.of(plays.byDay()).at(Plays.START, period.days()).select(SECONDS);
  }

  /** Library, plays, seconds. Items are added up before their libraries are. */
  Select<?> libraries() {
    Table<?> items = addedUp(Plays.ITEM_ID, plays.byItem());
    return select(LIBRARIES.NAME, sum(TOTAL_PLAYS).as("plays"), sum(TOTAL_SECONDS).as("seconds"))
        .from(items)
        .join(ITEMS)
        .on(ITEMS.ID.eq(field(name(TOTALS, "item_id"), SQLDataType.BIGINT)))
        .join(LIBRARIES)
        .on(LIBRARIES.ID.eq(ITEMS.LIBRARY_ID))
        .groupBy(LIBRARIES.ID, LIBRARIES.NAME)
        .orderBy(sum(TOTAL_PLAYS).desc(), LIBRARIES.ID);
  }

  /**
   * Name, active, plays and seconds in the period, the latest session ever and its title.
   *
   * <p>The period's sessions are added up once, for all users: they lie together, while those of
   * each user would be looked for through an index. The latest one stands beside each user.
   */
  Select<?> users() {
    Table<?> totals = addedUp(Plays.USER_ID, plays.byUser());
    // Neither is ever null; to say so lets PostgreSQL read its index backwards.
    Beside latest =
        Children.of(SESSIONS)
            .by(SESSIONS.USER_ID, USERS.ID)
            .latest(
                "latest", SESSIONS.STARTED.desc().nullsFirst(), SESSIONS.ID.desc().nullsFirst());
    return select(
            SessionFields.nameOf(USERS).as("who"),
            USERS.IS_ACTIVE,
            coalesce(TOTAL_PLAYS, inline(0L)).as("plays"),
            coalesce(TOTAL_SECONDS, inline(BigDecimal.ZERO)).as("seconds"),
            latest.get(SESSIONS.STARTED).as("latest_start"),
            latest.get(SESSIONS.PLATFORM).as("latest_platform"),
            ITEMS.TITLE)
        .from(
            latest
                .besideEach(USERS)
                .leftJoin(totals)
                .on(field(name(TOTALS, "user_id"), SQLDataType.BIGINT).eq(USERS.ID))
                .leftJoin(ITEMS)
                .on(ITEMS.ID.eq(latest.get(SESSIONS.ITEM_ID))))
        .orderBy(BY_SECONDS.desc(), USERS.ID)
        .limit(MOST_USERS);
  }
}
