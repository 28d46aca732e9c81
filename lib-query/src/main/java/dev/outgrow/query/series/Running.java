package dev.outgrow.query.series;

import dev.outgrow.error.ConfigurationException;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Context;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.WindowSpecification;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * A measure of a {@link Series} reckoned from this step and those before it, of each value of the
 * dimension apart.
 *
 * <pre>{@code
 * Field<Integer> plays = count().as("plays");
 * series.select(plays, Running.total("so_far", plays), Running.average("week", plays, 7));
 * }</pre>
 *
 * <p>Steps without rows take part with what the measure is there. Outside a series' measures it
 * stands for the column of its alias, so that a row can be asked for it.
 *
 * <p><em>Immutable.</em>
 *
 * @param <T> the type
 * @since 0.1
 */
public final class Running<T extends Number> extends CustomField<T> {
  private static final long serialVersionUID = 1L;

  private final transient Field<? extends Number> measure;
  private final int steps;

  private Running(String alias, DataType<T> type, Field<? extends Number> measure, int steps) {
    super(alias, type);
    this.measure = measure;
    this.steps = steps;
  }

  /** Returns the sum from the first step on; exact where the measure is. */
  public static Field<BigDecimal> total(String alias, Field<? extends Number> measure) {
    return new Running<>(alias, SQLDataType.NUMERIC, measure, 0);
  }

  /**
   * Returns the mean of this step and those before it, as many of them as there are.
   *
   * @param steps how many with this one, 1 to 100,000
   * @throws ConfigurationException if there are fewer or more
   */
  public static Field<Double> average(String alias, Field<? extends Number> measure, int steps) {
    if (steps < 1 || steps > 100_000) {
      throw new ConfigurationException(
          "The steps of a moving average", Integer.toString(steps), "1 to 100000");
    }
    return new Running<>(alias, SQLDataType.DOUBLE, measure, steps);
  }

  Field<? extends Number> measure() {
    return measure;
  }

  Field<?> over(String filled, List<Field<?>> partition, Field<?> order) {
    Field<? extends Number> values = Measures.of(filled, measure);
    WindowSpecification window = window(partition, order);
    Field<?> sum = DSL.sum(values).over(window);
    if (steps == 0) {
      return sum.coerce(getDataType()).as(getName());
    }
    Field<?> mean =
        DSL.field(
            "(cast({0} as double precision) / cast(nullif({1}, 0) as double precision))",
            getDataType(), sum, DSL.count(values).over(window));
    return mean.as(getName());
  }

  private WindowSpecification window(List<Field<?>> partition, Field<?> order) {
    var ordered =
        partition.isEmpty() ? DSL.orderBy(order) : DSL.partitionBy(partition).orderBy(order);
    return steps == 0
        ? ordered.rowsBetweenUnboundedPreceding().andCurrentRow()
        : ordered.rowsBetweenPreceding(steps - 1).andCurrentRow();
  }

  @Override
  public void accept(Context<?> context) {
    context.visit(getUnqualifiedName());
  }
}
