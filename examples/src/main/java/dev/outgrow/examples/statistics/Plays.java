package dev.outgrow.examples.statistics;

import static dev.outgrow.examples.statistics.SessionFields.WATCHED;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static media.db.core.Tables.SUMMED_DECISIONS;
import static media.db.core.Tables.SUMMED_HOURS;
import static media.db.core.Tables.SUMMED_HOUR_DECISIONS;
import static media.db.core.Tables.SUMMED_HOUR_PLATFORMS;
import static media.db.core.Tables.SUMMED_ITEMS;
import static media.db.core.Tables.SUMMED_PLATFORMS;
import static media.db.core.Tables.SUMMED_QUARTERS;
import static media.db.core.Tables.SUMMED_USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.outgrow.query.Moment;
import dev.outgrow.query.Steps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * The plays of a range as derived tables, each out of the sums as far as there are some and out of
 * the sessions for the rest. Their rows hold several plays or one.
 */
final class Plays {
  private static final String NAME = "played";

  static final Field<Long> BEGAN = column("began", Long.class);
  static final Field<String> PLATFORM = column("platform", String.class);
  static final Field<String> DECISION = column("videoDecision", String.class);
  static final Field<Long> USER_ID = column("user_id", Long.class);
  static final Field<Long> ITEM_ID = column("item_id", Long.class);
  static final Moment START = Moment.ofEpochSeconds(BEGAN);

  /** All plays and seconds of rows together. */
  static final Field<Long> PLAYS =
      coalesce(sum(column("plays", Long.class)), inline(BigDecimal.ZERO))
          .cast(SQLDataType.BIGINT)
          .as("plays");

  static final Field<BigDecimal> SECONDS =
      coalesce(sum(column("seconds", Long.class)), inline(BigDecimal.ZERO)).as("seconds");

  private static final Field<Long> ONE = inline(1L);

  private final Summed summed;
  private final long begin;
  private final long end;
  private final ZoneId zone;

  Plays(Summed summed, long begin, long end, ZoneId zone) {
    this.summed = summed;
    this.begin = begin;
    this.end = end;
    this.zone = zone;
  }

  private static <T> Field<T> column(String column, Class<T> type) {
    return field(name(NAME, column), type);
  }

  /** Began, plays, seconds; no row is of two days. */
  Table<?> byDay() {
    return byTime(ofDays());
  }

  /** Began, plays, seconds; no row is of two hours of the clock. */
  Table<?> byHour() {
    return byTime(
        keeps(Summed.HOUR) ? Sums.hours(quarters(), Stream.of()) : Sums.quarters(quarters()));
  }

  private static Table<?> byTime(Sums sums) {
    return select(SESSIONS.STARTED.as("began"), ONE.as("plays"), seconds())
        .from(SESSIONS)
        .where(live(sums.part()))
        .unionAll(
            select(SUMMED_HOURS.BEGAN, SUMMED_HOURS.PLAYS, SUMMED_HOURS.SECONDS)
                .from(SUMMED_HOURS)
                .where(sums.hours(SUMMED_HOURS.BEGAN)))
        .unionAll(
            select(SUMMED_QUARTERS.BEGAN, SUMMED_QUARTERS.PLAYS, SUMMED_QUARTERS.SECONDS)
                .from(SUMMED_QUARTERS)
                .where(sums.quarters(SUMMED_QUARTERS.BEGAN)))
        .asTable(NAME);
  }

  /** Began, platform, plays; no row is of two days. */
  Table<?> byPlatform() {
    Sums sums = ofDays();
    return select(SESSIONS.STARTED.as("began"), SESSIONS.PLATFORM, ONE.as("plays"))
        .from(SESSIONS)
        .where(live(sums.part()))
        .unionAll(
            select(
                    SUMMED_HOUR_PLATFORMS.BEGAN,
                    SUMMED_HOUR_PLATFORMS.PLATFORM,
                    SUMMED_HOUR_PLATFORMS.PLAYS)
                .from(SUMMED_HOUR_PLATFORMS)
                .where(sums.hours(SUMMED_HOUR_PLATFORMS.BEGAN)))
        .unionAll(
            select(SUMMED_PLATFORMS.BEGAN, SUMMED_PLATFORMS.PLATFORM, SUMMED_PLATFORMS.PLAYS)
                .from(SUMMED_PLATFORMS)
                .where(sums.quarters(SUMMED_PLATFORMS.BEGAN)))
        .asTable(NAME);
  }

  /** Began, decision, plays, of sessions with stream details; no row is of two days. */
  Table<?> byDecision() {
    Sums sums = ofDays();
    return select(SESSIONS.STARTED.as("began"), STREAM_DETAILS.VIDEODECISION, ONE.as("plays"))
        .from(SESSIONS)
        .join(STREAM_DETAILS)
        .on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID))
        .where(live(sums.part()).and(lies(sums.part())))
        .unionAll(
            select(
                    SUMMED_HOUR_DECISIONS.BEGAN,
                    SUMMED_HOUR_DECISIONS.VIDEODECISION,
                    SUMMED_HOUR_DECISIONS.PLAYS)
                .from(SUMMED_HOUR_DECISIONS)
                .where(sums.hours(SUMMED_HOUR_DECISIONS.BEGAN)))
        .unionAll(
            select(SUMMED_DECISIONS.BEGAN, SUMMED_DECISIONS.VIDEODECISION, SUMMED_DECISIONS.PLAYS)
                .from(SUMMED_DECISIONS)
                .where(sums.quarters(SUMMED_DECISIONS.BEGAN)))
        .asTable(NAME);
  }

  /**
   * Details lie in the order of sessions: those of a range are between its first and its last,
   * wherever the others are.
   */
  private static Condition lies(Summed.Part part) {
    Field<Long> id = SESSIONS.ID.plus(inline(0L)); // through the index of starts, not that of ids
    Condition within = live(part);
    return STREAM_DETAILS
        .SESSION_ID
        .ge(field(select(min(id)).from(SESSIONS).where(within)))
        .and(STREAM_DETAILS.SESSION_ID.le(field(select(max(id)).from(SESSIONS).where(within))));
  }

  /** User, plays, seconds. */
  Table<?> byUser() {
    Summed.Part part = summed.within(begin, end, Summed.DAY);
    return select(SESSIONS.USER_ID, ONE.as("plays"), seconds())
        .from(SESSIONS)
        .where(live(part))
        .unionAll(
            select(SUMMED_USERS.USER_ID, SUMMED_USERS.PLAYS, SUMMED_USERS.SECONDS)
                .from(SUMMED_USERS)
                .where(in(SUMMED_USERS.BEGAN, part)))
        .asTable(NAME);
  }

  /** Item, plays, seconds. */
  Table<?> byItem() {
    Summed.Part part = summed.within(begin, end, Summed.BLOCK);
    return select(SESSIONS.ITEM_ID, ONE.as("plays"), seconds())
        .from(SESSIONS)
        .where(live(part))
        .unionAll(
            select(SUMMED_ITEMS.ITEM_ID, SUMMED_ITEMS.PLAYS, SUMMED_ITEMS.SECONDS)
                .from(SUMMED_ITEMS)
                .where(in(SUMMED_ITEMS.BEGAN, part)))
        .asTable(NAME);
  }

  private static Field<Long> seconds() {
    return coalesce(WATCHED, inline(0L)).as("seconds");
  }

  /** Which sums there are of which none is of two days. */
  Sums ofDays() {
    Summed.Part part = quarters();
    return part.hasSums() ? Sums.hours(part, midnights()) : Sums.quarters(part);
  }

  private Stream<Long> midnights() {
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(begin), zone);
    LocalDate last = LocalDate.ofInstant(Instant.ofEpochSecond(end), zone);
    return Steps.days(first, last, zone).begins().stream().map(Instant::getEpochSecond);
  }

  /** Which sums of quarters there are; none where days of the zone begin within one. */
  private Summed.Part quarters() {
    Summed usable = keeps(Summed.QUARTER) ? summed : Summed.NOTHING;
    return usable.within(begin, end, Summed.QUARTER);
  }

  /**
   * Whether the clocks of the zone were always whole quarters, or hours, beside UTC: quarters they
   * are in every zone of today; some were minutes beside the others a lifetime ago.
   */
  private boolean keeps(long grain) {
    ZoneRules rules = zone.getRules();
    Instant from = Instant.ofEpochSecond(begin);
    if (rules.getOffset(from).getTotalSeconds() % grain != 0) {
      return false;
    }
    ZoneOffsetTransition next = rules.nextTransition(from);
    while (next != null && next.toEpochSecond() < end) {
      if (next.getOffsetAfter().getTotalSeconds() % grain != 0
          || next.toEpochSecond() % grain != 0) {
        return false;
      }
      next = rules.nextTransition(next.getInstant());
    }
    return true;
  }

  /** The sessions that are not in the sums. */
  static Condition live(Summed.Part part) {
    if (!part.hasSums()) {
      return in(SESSIONS.STARTED, part.begin(), part.end());
    }
    Condition after = in(SESSIONS.STARTED, part.to(), part.end());
    return part.begin() == part.from()
        ? after
        : in(SESSIONS.STARTED, part.begin(), part.from()).or(after);
  }

  static Condition in(Field<Long> at, Summed.Part sums) {
    return sums.hasSums() ? in(at, sums.from(), sums.to()) : falseCondition();
  }

  static Condition in(Field<Long> at, long from, long to) {
    return at.ge(inline(from)).and(at.lt(inline(to)));
  }
}
