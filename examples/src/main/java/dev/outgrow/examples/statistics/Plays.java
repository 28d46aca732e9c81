package dev.outgrow.examples.statistics;

import static dev.outgrow.examples.statistics.SessionFields.WATCHED;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static media.db.core.Tables.SUMMED_DECISIONS;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
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

  /** Began, plays, seconds. */
  Table<?> byTime() {
    Summed.Part part = byQuarter();
    return select(SESSIONS.STARTED.as("began"), ONE.as("plays"), seconds())
        .from(SESSIONS)
        .where(live(part))
        .unionAll(
            select(SUMMED_QUARTERS.BEGAN, SUMMED_QUARTERS.PLAYS, SUMMED_QUARTERS.SECONDS)
                .from(SUMMED_QUARTERS)
                .where(in(SUMMED_QUARTERS.BEGAN, part)))
        .asTable(NAME);
  }

  /** Began, platform, plays. */
  Table<?> byPlatform() {
    Summed.Part part = byQuarter();
    return select(SESSIONS.STARTED.as("began"), SESSIONS.PLATFORM, ONE.as("plays"))
        .from(SESSIONS)
        .where(live(part))
        .unionAll(
            select(SUMMED_PLATFORMS.BEGAN, SUMMED_PLATFORMS.PLATFORM, SUMMED_PLATFORMS.PLAYS)
                .from(SUMMED_PLATFORMS)
                .where(in(SUMMED_PLATFORMS.BEGAN, part)))
        .asTable(NAME);
  }

  /** Began, decision, plays, of sessions with stream details. */
  Table<?> byDecision() {
    Summed.Part part = byQuarter();
    return select(SESSIONS.STARTED.as("began"), STREAM_DETAILS.VIDEODECISION, ONE.as("plays"))
        .from(SESSIONS)
        .join(STREAM_DETAILS)
        .on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID))
        .where(live(part).and(lies(part)))
        .unionAll(
            select(SUMMED_DECISIONS.BEGAN, SUMMED_DECISIONS.VIDEODECISION, SUMMED_DECISIONS.PLAYS)
                .from(SUMMED_DECISIONS)
                .where(in(SUMMED_DECISIONS.BEGAN, part)))
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

  /** Which sums of quarters there are; none where days of the zone begin within one. */
  Summed.Part byQuarter() {
    Summed usable = keepsQuarters() ? summed : Summed.NOTHING;
    return usable.within(begin, end, Summed.QUARTER);
  }

  /** In every zone of today; some were minutes beside the others a lifetime ago. */
  private boolean keepsQuarters() {
    ZoneRules rules = zone.getRules();
    Instant from = Instant.ofEpochSecond(begin);
    if (rules.getOffset(from).getTotalSeconds() % Summed.QUARTER != 0) {
      return false;
    }
    ZoneOffsetTransition next = rules.nextTransition(from);
    while (next != null && next.toEpochSecond() < end) {
      if (next.getOffsetAfter().getTotalSeconds() % Summed.QUARTER != 0
          || next.toEpochSecond() % Summed.QUARTER != 0) {
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
