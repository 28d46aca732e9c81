package dev.outgrow.query.series;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.Moment;
import dev.outgrow.query.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Measures for each step of a time, steps without rows included: what a graph needs.
 *
 * <pre>{@code
 * Field<Integer> plays = count().as("plays");
 * Result<Record> days =
 *     sql.fetch(
 *         Series.of(SESSIONS)
 *             .at(Moment.ofEpochSeconds(SESSIONS.STARTED), Steps.days(from, to, zone))
 *             .splitBy(SESSIONS.PLATFORM, TopN.of(5, plays))
 *             .select(plays));
 * }</pre>
 *
 * <p>{@link #select} gives an ordinary {@code Select}: {@link #BEGIN}, the dimension if there is
 * one, {@link #OTHER} if its values are limited, then each measure. It has a row for each step, or
 * for each step and each value of the dimension that occurs in the range; in the order of steps,
 * then of values (null last, "other" after it). A measure is an aggregate and has an alias. Where
 * there are no rows it is what the aggregate gives of no rows: 0 for {@code count}, null for {@code
 * sum}, and what {@code coalesce(sum(…), inline(0))} says.
 *
 * <p>Texts are ordered by the database's collation: where that is not by code point, the order of
 * values can differ between backends; the rows do not.
 *
 * <p><em>Immutable.</em> Each method returns another series.
 *
 * @since 0.1
 */
public final class Series {
  /** The beginning of the step, in every series. */
  public static final Field<Instant> BEGIN = field(name("begin"), SQLDataType.INSTANT);

  /** Whether the row sums up all values beyond the top ones; its dimension is null then. */
  public static final Field<Boolean> OTHER = field(name("other"), SQLDataType.BOOLEAN);

  private final TableLike<?> source;
  private final Condition condition;
  private final @Nullable Moment moment;
  private final @Nullable Steps steps;
  private final @Nullable Split split;

  private Series(
      TableLike<?> source,
      Condition condition,
      @Nullable Moment moment,
      @Nullable Steps steps,
      @Nullable Split split) {
    this.source = source;
    this.condition = condition;
    this.moment = moment;
    this.steps = steps;
    this.split = split;
  }

  /** Begins a series over the rows of a table, or of a join. */
  public static Series of(TableLike<?> source) {
    return new Series(source, DSL.noCondition(), null, null, null);
  }

  /** Says which moment of a row counts, and the steps. */
  public Series at(Moment which, Steps range) {
    return new Series(source, condition, which, range, split);
  }

  /** Leaves only rows that fulfil a condition, besides those before. */
  public Series where(Condition only) {
    return new Series(source, condition.and(only), moment, steps, split);
  }

  /** Gives each value of a field, null too, a series of its own. */
  public Series splitBy(Field<?> dimension) {
    return new Series(source, condition, moment, steps, new Split(dimension, null));
  }

  /** Gives each of the top values of a field a series of its own, and one to all others. */
  public Series splitBy(Field<?> dimension, TopN top) {
    return new Series(source, condition, moment, steps, new Split(dimension, top));
  }

  /**
   * Returns the statement.
   *
   * @param measures aggregates with an alias each, and {@link Running} ones of them
   * @throws ConfigurationException if {@link #at} was not called, or there is no measure
   */
  public Select<Record> select(Field<?>... measures) {
    Moment at = moment;
    Steps range = steps;
    if (at == null || range == null) {
      throw new ConfigurationException("The moment of a series", "not given", "a call of at(…)");
    }
    if (measures.length == 0) {
      throw new ConfigurationException("The measures of a series", "none", "one or more");
    }
    Rows rows = new Rows(source, condition.and(range.contain(at)));
    return new SeriesQuery(rows, at, range, split, new ArrayList<>(List.of(measures))).select();
  }
}
