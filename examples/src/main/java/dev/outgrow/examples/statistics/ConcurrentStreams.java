package dev.outgrow.examples.statistics;

import static media.db.core.Tables.SESSIONS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.values;
import static org.jooq.impl.DSL.when;

import dev.outgrow.query.Moment;
import dev.outgrow.query.series.Series;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * How many sessions ran at once, at most, on each day.
 *
 * <p>Each session is one more at its start and one less at its end; the sum of all changes up to a
 * moment is how many run. A session that ends as another begins does not run beside it. Midnight is
 * a change by none, so that a day on which nothing begins or ends has what ran into it. Sessions
 * without an end are left out: nobody knows how long they ran.
 */
final class ConcurrentStreams {
  private static final Field<Long> AT = field(name("at"), SQLDataType.BIGINT);
  private static final Field<Integer> CHANGE = field(name("change"), SQLDataType.INTEGER);
  private static final Condition ENDED = SESSIONS.STOPPED.gt(SESSIONS.STARTED);

  private static final Table<?> BOTH = values(row(inline(1)), row(inline(-1))).as("both", "change");

  private final Period period;

  ConcurrentStreams(Period period) {
    this.period = period;
  }

  /** Begin, peak. */
  Select<?> perDay() {
    Table<?> changes = changes().asTable("changes");
    Table<?> running =
        select(
                AT,
                sum(CHANGE)
                    .over(orderBy(AT, CHANGE).rowsUnboundedPreceding())
                    .cast(SQLDataType.BIGINT)
                    .as("streams"))
            .from(changes)
            .asTable("running");
    Field<Long> streams = field(name("running", "streams"), SQLDataType.BIGINT);
    return Series.of(running)
        .at(Moment.ofEpochSeconds(field(name("running", "at"), SQLDataType.BIGINT)), period.days())
        .select(coalesce(max(streams), inline(0L)).as("peak"));
  }

  /** Each session is read once, and stands there twice. */
  private Select<?> changes() {
    long begin = period.begin();
    Condition within = period.contains(SessionFields.START).and(ENDED);
    Condition intoIt = SESSIONS.STARTED.lt(inline(begin)).and(SESSIONS.STOPPED.gt(inline(begin)));
    Field<Long> at = when(CHANGE.eq(inline(1)), SESSIONS.STARTED).otherwise(SESSIONS.STOPPED);
    return select(at.as(AT), CHANGE)
        .from(SESSIONS.crossJoin(BOTH))
        .where(within)
        .unionAll(
            select(greatest(at, inline(begin)).as(AT), CHANGE)
                .from(SESSIONS.crossJoin(BOTH))
                .where(intoIt))
        .unionAll(select(AT, CHANGE).from(midnights(period.days().begins())));
  }

  private static Table<?> midnights(List<Instant> begins) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made
    Row2<Long, Integer>[] rows =
        begins.stream()
            .map(begin -> row(inline(begin.getEpochSecond()), inline(0)))
            .toArray(Row2[]::new);
    return values(rows).as("midnights", "at", "change");
  }
}
