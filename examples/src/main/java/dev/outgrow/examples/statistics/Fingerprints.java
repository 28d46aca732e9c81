package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.STREAM_DETAILS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.outgrow.query.Moment;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of each day are like, in one number for each: of what the sums depend on. The
 * order in which rows come does not matter, and both backends give the same.
 */
final class Fingerprints {
  /** Two primes; each factor stays below 2^34, so that a billion sessions a day can be added up. */
  private static final long WEIGHTS = 8_191;

  private static final long VALUES = 1_048_573;

  private Fingerprints() {}

  /** Returns those of the days before a moment, by the number of the day. */
  static SortedMap<Long, Long> before(DSLContext sql, long until) {
    SortedMap<Long, Long> days = new TreeMap<>();
    sql.fetch(begun(until)).forEach(row -> add(days, row, 1));
    sql.fetch(ended(until)).forEach(row -> add(days, row, -1));
    return days;
  }

  /** Day, number, mixture, platform, decision. */
  private static Select<?> begun(long until) {
    return select(
            day(SESSIONS.STARTED),
            count(),
            mixture(),
            SESSIONS.PLATFORM,
            STREAM_DETAILS.VIDEODECISION)
        .from(SESSIONS)
        .leftJoin(STREAM_DETAILS)
        .on(STREAM_DETAILS.SESSION_ID.eq(SESSIONS.ID))
        .where(SESSIONS.STARTED.lt(inline(until)))
        .groupBy(day(SESSIONS.STARTED), SESSIONS.PLATFORM, STREAM_DETAILS.VIDEODECISION);
  }

  /** Day, number, mixture. */
  private static Select<?> ended(long until) {
    return select(day(SESSIONS.STOPPED), count(), mixture())
        .from(SESSIONS)
        .where(SESSIONS.STOPPED.gt(SESSIONS.STARTED).and(SESSIONS.STOPPED.lt(inline(until))))
        .groupBy(day(SESSIONS.STOPPED));
  }

  private static Field<Long> day(Field<Long> seconds) {
    return Moment.floorDivision(seconds, Summed.DAY);
  }

  /** Each session counts as its number in the table does, so that two that swap a value differ. */
  private static Field<Long> mixture() {
    Field<Long> values =
        small(SESSIONS.STARTED)
            .times(3L)
            .plus(small(coalesce(SESSIONS.STOPPED, inline(-1L))).times(7L))
            .plus(small(SESSIONS.PAUSED_SECONDS).times(17L))
            .plus(small(coalesce(SESSIONS.USER_ID, inline(-1L))).times(31L))
            .plus(small(SESSIONS.ITEM_ID).times(131L));
    Field<Long> weight = SESSIONS.ID.mod(inline(WEIGHTS)).plus(1L);
    return sum(weight.times(values.mod(inline(VALUES)))).cast(SQLDataType.BIGINT);
  }

  private static Field<Long> small(Field<Long> number) {
    return number.mod(inline(VALUES));
  }

  private static void add(SortedMap<Long, Long> days, Record row, long sign) {
    CRC32C texts = new CRC32C();
    for (int i = 3; i < row.size(); i++) {
      @Nullable String text = row.get(i, String.class);
      texts.update(text == null ? 0 : 1);
      texts.update((text == null ? "" : text + '\0').getBytes(StandardCharsets.UTF_8));
    }
    long group = mixed(row.get(2, Long.class) + mixed(row.get(1, Long.class) + texts.getValue()));
    days.merge(row.get(0, Long.class), sign * group, Long::sum);
  }

  /** Spreads a number over all bits: the last step of SplitMix64. */
  private static long mixed(long number) {
    long first = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
    return second ^ (second >>> 31);
  }
}
