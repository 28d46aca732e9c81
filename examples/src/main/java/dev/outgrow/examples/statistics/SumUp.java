package dev.outgrow.examples.statistics;

import static dev.outgrow.examples.statistics.SessionFields.WATCHED;
import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static media.db.core.Tables.SUMMED_DECISIONS;
import static media.db.core.Tables.SUMMED_HOURS;
import static media.db.core.Tables.SUMMED_HOUR_DECISIONS;
import static media.db.core.Tables.SUMMED_HOUR_PLATFORMS;
import static media.db.core.Tables.SUMMED_HOUR_STREAMS;
import static media.db.core.Tables.SUMMED_ITEMS;
import static media.db.core.Tables.SUMMED_PLATFORMS;
import static media.db.core.Tables.SUMMED_QUARTERS;
import static media.db.core.Tables.SUMMED_STREAMS;
import static media.db.core.Tables.SUMMED_USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.outgrow.query.Moment;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Makes the sums of some days anew, within the transaction of its context. */
final class SumUp {
  private static final Field<Long> PLAYS = count().cast(SQLDataType.BIGINT);
  private static final Field<Long> SECONDS =
      coalesce(sum(WATCHED), inline(BigDecimal.ZERO)).cast(SQLDataType.BIGINT);

  // Rows in the order of time lie together, and are read together.
  private static final Field<Integer> FIRST = inline(1);
  private static final Field<Integer> SECOND = inline(2);

  private final DSLContext sql;

  SumUp(DSLContext sql) {
    this.sql = sql;
  }

  /** Replaces the sums of what began, and of what ended, in a range of whole days. */
  void days(long from, long to) {
    Condition within = Plays.in(SESSIONS.STARTED, from, to);
    Field<Long> quarter = rounded(Summed.QUARTER);
    clear(SUMMED_QUARTERS, SUMMED_QUARTERS.BEGAN, from, to);
    fill(
        SUMMED_QUARTERS,
        select(quarter, PLAYS, SECONDS).from(SESSIONS).where(within).groupBy(FIRST).orderBy(FIRST));
    clear(SUMMED_PLATFORMS, SUMMED_PLATFORMS.BEGAN, from, to);
    fill(
        SUMMED_PLATFORMS,
        select(quarter, SESSIONS.PLATFORM, PLAYS)
            .from(SESSIONS)
            .where(within)
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
    clear(SUMMED_USERS, SUMMED_USERS.BEGAN, from, to);
    fill(
        SUMMED_USERS,
        select(rounded(Summed.DAY), SESSIONS.USER_ID, PLAYS, SECONDS)
            .from(SESSIONS)
            .where(within)
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
    clear(SUMMED_DECISIONS, SUMMED_DECISIONS.BEGAN, from, to);
    fill(
        SUMMED_DECISIONS,
        select(quarter, STREAM_DETAILS.VIDEODECISION, PLAYS)
            .from(SESSIONS)
            .join(STREAM_DETAILS)
            .on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID))
            .where(within)
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
    clear(SUMMED_STREAMS, SUMMED_STREAMS.BEGAN, from, to);
    fill(SUMMED_STREAMS, ConcurrentStreams.changes(from, to));
    hours(from, to);
  }

  /** Replaces the sums of hours by what the quarters have become. */
  private void hours(long from, long to) {
    clear(SUMMED_HOURS, SUMMED_HOURS.BEGAN, from, to);
    fill(
        SUMMED_HOURS,
        select(
                hour(SUMMED_QUARTERS.BEGAN),
                total(SUMMED_QUARTERS.PLAYS),
                total(SUMMED_QUARTERS.SECONDS))
            .from(SUMMED_QUARTERS)
            .where(Plays.in(SUMMED_QUARTERS.BEGAN, from, to))
            .groupBy(FIRST)
            .orderBy(FIRST));
    clear(SUMMED_HOUR_PLATFORMS, SUMMED_HOUR_PLATFORMS.BEGAN, from, to);
    fill(
        SUMMED_HOUR_PLATFORMS,
        select(
                hour(SUMMED_PLATFORMS.BEGAN),
                SUMMED_PLATFORMS.PLATFORM,
                total(SUMMED_PLATFORMS.PLAYS))
            .from(SUMMED_PLATFORMS)
            .where(Plays.in(SUMMED_PLATFORMS.BEGAN, from, to))
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
    clear(SUMMED_HOUR_DECISIONS, SUMMED_HOUR_DECISIONS.BEGAN, from, to);
    fill(
        SUMMED_HOUR_DECISIONS,
        select(
                hour(SUMMED_DECISIONS.BEGAN),
                SUMMED_DECISIONS.VIDEODECISION,
                total(SUMMED_DECISIONS.PLAYS))
            .from(SUMMED_DECISIONS)
            .where(Plays.in(SUMMED_DECISIONS.BEGAN, from, to))
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
    clear(SUMMED_HOUR_STREAMS, SUMMED_HOUR_STREAMS.BEGAN, from, to);
    fill(SUMMED_HOUR_STREAMS, ConcurrentStreams.hours(from, to));
  }

  /** Replaces the sums of a range of whole blocks. */
  void blocks(long from, long to) {
    clear(SUMMED_ITEMS, SUMMED_ITEMS.BEGAN, from, to);
    fill(
        SUMMED_ITEMS,
        select(rounded(Summed.BLOCK), SESSIONS.ITEM_ID, PLAYS, SECONDS)
            .from(SESSIONS)
            .where(Plays.in(SESSIONS.STARTED, from, to))
            .groupBy(FIRST, SECOND)
            .orderBy(FIRST));
  }

  /** Drops the sums from a moment on: what begins then is news. */
  void forget(long until) {
    forget(SUMMED_QUARTERS, SUMMED_QUARTERS.BEGAN, until);
    forget(SUMMED_PLATFORMS, SUMMED_PLATFORMS.BEGAN, until);
    forget(SUMMED_USERS, SUMMED_USERS.BEGAN, until);
    forget(SUMMED_DECISIONS, SUMMED_DECISIONS.BEGAN, until);
    forget(SUMMED_STREAMS, SUMMED_STREAMS.BEGAN, until);
    forget(SUMMED_HOURS, SUMMED_HOURS.BEGAN, until);
    forget(SUMMED_HOUR_PLATFORMS, SUMMED_HOUR_PLATFORMS.BEGAN, until);
    forget(SUMMED_HOUR_DECISIONS, SUMMED_HOUR_DECISIONS.BEGAN, until);
    forget(SUMMED_HOUR_STREAMS, SUMMED_HOUR_STREAMS.BEGAN, until);
    long block = Math.floorDiv(until, Summed.BLOCK) * Summed.BLOCK;
    forget(SUMMED_ITEMS, SUMMED_ITEMS.BEGAN, block);
  }

  private void forget(Table<?> table, Field<Long> began, long until) {
    sql.deleteFrom(table).where(began.ge(until)).execute();
  }

  private void fill(Table<?> table, Select<?> sums) {
    sql.insertInto(table).select(sums).execute();
  }

  private void clear(Table<?> table, Field<Long> began, long from, long to) {
    sql.deleteFrom(table).where(Plays.in(began, from, to)).execute();
  }

  private static Field<Long> total(Field<Long> sums) {
    return sum(sums).cast(SQLDataType.BIGINT);
  }

  private static Field<Long> hour(Field<Long> began) {
    return Moment.floorDivision(began, Summed.HOUR).times(inline(Summed.HOUR));
  }

  private static Field<Long> rounded(long seconds) {
    return Moment.floorDivision(SESSIONS.STARTED, seconds).times(inline(seconds));
  }
}
