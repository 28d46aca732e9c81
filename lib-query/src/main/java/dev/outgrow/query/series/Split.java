package dev.outgrow.query.series;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.when;

import dev.outgrow.query.PerBackend;
import java.util.List;
import java.util.Optional;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** A dimension, and perhaps which of its values count apart. */
record Split(Field<?> dimension, @Nullable TopN top) {
  private static final String TOP = "outgrow_top";
  private static final Field<Object> TOP_VALUE = field(name(TOP, "value"));

  /** The top values, where not all count. */
  Optional<CommonTableExpression<?>> topValues(Rows rows) {
    return Optional.ofNullable(top)
        .map(
            first ->
                name(TOP)
                    .as(
                        select(dimension.as("value"))
                            .from(rows.source())
                            .where(rows.condition())
                            .groupBy(dimension)
                            .orderBy(order(first, dimension))
                            .limit(inline(first.count()))));
  }

  private static List<SortField<?>> order(TopN first, Field<?> dimension) {
    return List.of(Measures.bare(first.measure()).desc().nullsLast(), ascending(dimension));
  }

  /** The value of a row; null stands for the others too. */
  Field<?> value(String alias) {
    return (top == null ? dimension : onlyTop(dimension)).as(alias);
  }

  private static <T> Field<T> onlyTop(Field<T> dimension) {
    return when(isTop(dimension), dimension);
  }

  /** Whether a row is of the others. */
  Field<Boolean> other(String alias) {
    Field<Boolean> other =
        top == null ? inline(false) : when(isTop(dimension), inline(false)).otherwise(inline(true));
    return other.as(alias);
  }

  private static Condition isTop(Field<?> dimension) {
    Table<?> values = table(name(TOP));
    return condition(
        "({0} in ({1}) or ({0} is null and exists ({2})))",
        dimension,
        select(TOP_VALUE).from(values).where(TOP_VALUE.isNotNull()),
        select(inline(1)).from(values).where(TOP_VALUE.isNull()));
  }

  /** Texts by code point, so that both backends choose alike among equals; null last. */
  static SortField<?> ascending(Field<?> value) {
    Field<?> comparable =
        value.getType() == String.class
            ? PerBackend.field(
                SQLDataType.VARCHAR,
                field("{0} collate \"C\"", value),
                field("{0} collate binary", value))
            : value;
    return comparable.asc().nullsLast();
  }
}
