package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static media.db.core.Tables.SUMMED_HOUR_STREAMS;
import static media.db.core.Tables.SUMMED_STREAMS;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.partitionBy;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.when;

import dev.outgrow.query.Moment;
import dev.outgrow.query.series.Series;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Row1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * How many sessions ran at once, at most, on each day.
 *
 * <p>Each session is one more at its start and one less at its end; the sum of all changes up to a
 * moment is how many run. A session that ends as another begins does not run beside it. What
 * happens in a quarter of an hour is told by two numbers, whatever runs into it: how many more run
 * after it, and the most more within it; so is what happens in an hour. A day begins with one of
 * its own, so that one on which nothing begins or ends has what ran into it. Sessions without an
 * end are left out: nobody knows how long they ran.
 */
final class ConcurrentStreams {
  private static final Field<Long> BEGAN = field(name("began"), SQLDataType.BIGINT);
  private static final Field<Long> CHANGE = field(name("change"), SQLDataType.BIGINT);
  private static final Field<Long> PEAK = field(name("peak"), SQLDataType.BIGINT);
  private static final Field<Long> AT = field(name("at"), SQLDataType.BIGINT);
  private static final Field<Long> RUNNING = field(name("running"), SQLDataType.BIGINT);
  private static final Condition ENDED = SESSIONS.STOPPED.gt(SESSIONS.STARTED);

  private final Period period;
  private final Sums sums;
  private final Summed.Part part;

  ConcurrentStreams(Period period, Sums sums) {
    this.period = period;
    this.sums = sums;
    this.part = sums.part();
  }

  /** Begin, peak. */
  Select<?> perDay() {
    Table<?> running =
        select(
                BEGAN,
                bigint(sum(CHANGE).over(orderBy(BEGAN))).minus(CHANGE).plus(PEAK).as("streams"))
            .from(stretches().asTable("stretches"))
            .asTable("running");
    Field<Long> streams = field(name("running", "streams"), SQLDataType.BIGINT);
    return Series.of(running)
        .at(
            Moment.ofEpochSeconds(field(name("running", "began"), SQLDataType.BIGINT)),
            period.days())
        .select(coalesce(max(streams), inline(0L)).as("peak"));
  }

  /** Those of the period and one for each midnight, the first with what runs into the period. */
  private Select<?> stretches() {
    Select<?> all =
        changes(part.hasSums() ? part.to() : part.begin(), part.end())
            .unionAll(
                select(
                        SUMMED_HOUR_STREAMS.BEGAN,
                        SUMMED_HOUR_STREAMS.CHANGE,
                        SUMMED_HOUR_STREAMS.PEAK)
                    .from(SUMMED_HOUR_STREAMS)
                    .where(sums.hours(SUMMED_HOUR_STREAMS.BEGAN)))
            .unionAll(
                select(SUMMED_STREAMS.BEGAN, SUMMED_STREAMS.CHANGE, SUMMED_STREAMS.PEAK)
                    .from(SUMMED_STREAMS)
                    .where(sums.quarters(SUMMED_STREAMS.BEGAN)))
            .unionAll(select(BEGAN, inline(0L), castNull(SQLDataType.BIGINT)).from(midnights()))
            .unionAll(select(BEGAN, CHANGE, castNull(SQLDataType.BIGINT)).from(before()));
    return select(
            BEGAN,
            bigint(sum(CHANGE)).as("change"),
            // A midnight is within the stretch that it begins: that one's word is the better.
            coalesce(max(PEAK), inline(0L)).as("peak"))
        .from(all.asTable("all_stretches"))
        .groupBy(BEGAN);
  }

  /** One second before the period, so that it is in no day of it. */
  private Table<?> before() {
    Field<Long> into =
        part.hasSums()
            ? sumsBefore(part.from())
            : field(
                select(bigint(count()))
                    .from(SESSIONS)
                    .where(
                        SESSIONS
                            .STARTED
                            .lt(inline(part.begin()))
                            .and(SESSIONS.STOPPED.ge(inline(part.begin())))));
    return select(inline(part.begin() - 1).as("began"), into.as("change")).asTable("before_it");
  }

  private static Field<Long> sumsBefore(long moment) {
    long hour = Sums.hour(moment);
    return field(
            select(bigint(coalesce(sum(SUMMED_HOUR_STREAMS.CHANGE), inline(BigDecimal.ZERO))))
                .from(SUMMED_HOUR_STREAMS)
                .where(SUMMED_HOUR_STREAMS.BEGAN.lt(inline(hour))))
        .plus(
            field(
                select(bigint(coalesce(sum(SUMMED_STREAMS.CHANGE), inline(BigDecimal.ZERO))))
                    .from(SUMMED_STREAMS)
                    .where(Plays.in(SUMMED_STREAMS.BEGAN, hour, moment))));
  }

  private Table<?> midnights() {
    List<Instant> begins = period.days().begins();
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made
    Row1<Long>[] rows =
        begins.stream().map(begin -> row(inline(begin.getEpochSecond()))).toArray(Row1[]::new);
    return values(rows).as("midnights", "began");
  }

  /** Began, change, peak: what begins and ends in a range, for each of its quarters. */
  static Select<Record3<Long, Long, Long>> changes(long from, long to) {
    Field<Long> quarter = Moment.floorDivision(AT, Summed.QUARTER).times(inline(Summed.QUARTER));
    Table<?> moments =
        select(AT, bigint(sum(CHANGE)).as("change"))
            .from(moves(from, to).asTable("moves"))
            .groupBy(AT)
            .asTable("moments");
    Table<?> sums =
        select(
                quarter.as("began"),
                AT,
                CHANGE,
                bigint(sum(CHANGE).over(partitionBy(quarter).orderBy(AT))).as("running"))
            .from(moments)
            .asTable("sums");
    return peaks(sums);
  }

  /** Began, change, peak: the sums of quarters in a range of whole hours, for each of its hours. */
  static Select<Record3<Long, Long, Long>> hours(long from, long to) {
    Field<Long> hour =
        Moment.floorDivision(SUMMED_STREAMS.BEGAN, Summed.HOUR).times(inline(Summed.HOUR));
    Field<Long> before =
        bigint(sum(SUMMED_STREAMS.CHANGE).over(partitionBy(hour).orderBy(SUMMED_STREAMS.BEGAN)))
            .minus(SUMMED_STREAMS.CHANGE);
    Table<?> quarters =
        select(
                hour.as("began"),
                SUMMED_STREAMS.BEGAN.as("at"),
                SUMMED_STREAMS.CHANGE.as("change"),
                before.plus(SUMMED_STREAMS.PEAK).as("running"))
            .from(SUMMED_STREAMS)
            .where(Plays.in(SUMMED_STREAMS.BEGAN, from, to))
            .asTable("quarters");
    return peaks(quarters);
  }

  /** Nothing more runs at first, unless the first of them is where it all begins. */
  private static Select<Record3<Long, Long, Long>> peaks(Table<?> parts) {
    return select(
            BEGAN,
            bigint(sum(CHANGE)).as("change"),
            when(min(AT).gt(BEGAN), greatest(max(RUNNING), inline(0L)))
                .otherwise(max(RUNNING))
                .as("peak"))
        .from(parts)
        .groupBy(BEGAN);
  }

  private static Select<?> moves(long from, long to) {
    return select(SESSIONS.STARTED.as("at"), inline(1L).as("change"))
        .from(SESSIONS)
        .where(Plays.in(SESSIONS.STARTED, from, to).and(ENDED))
        .unionAll(
            select(SESSIONS.STOPPED, inline(-1L))
                .from(SESSIONS)
                .where(Plays.in(SESSIONS.STOPPED, from, to).and(ENDED)));
  }

  private static Field<Long> bigint(Field<?> number) {
    return number.cast(SQLDataType.BIGINT);
  }
}
