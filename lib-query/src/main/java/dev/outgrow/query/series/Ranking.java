package dev.outgrow.query.series;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.with;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableLike;
import org.jooq.impl.DSL;

/**
 * The top values of a dimension, the greatest first, and all others in one row after them.
 *
 * <pre>{@code
 * Field<Integer> plays = count().as("plays");
 * Ranking.of(SESSIONS).by(SESSIONS.PLATFORM, TopN.of(5, plays)).select(plays);
 * }</pre>
 *
 * <p>{@link #select} gives the dimension, {@link Series#OTHER}, and each measure. The row of the
 * others has null for the dimension, and is there if there are others. Measures of the others are
 * of all their rows: a count of different users counts each once.
 *
 * <p><em>Immutable.</em> Each method returns another ranking.
 *
 * @since 0.1
 */
public final class Ranking {
  private static final Table<Record> RANKED = table(name("outgrow_ranked"));

  private final Rows rows;
  private final Split split;

  private Ranking(Rows rows, Split split) {
    this.rows = rows;
    this.split = split;
  }

  /**
   * A ranking that lacks its dimension.
   *
   * <p><em>Immutable.</em>
   *
   * @since 0.1
   */
  public static final class OfRows {
    private final Rows rows;

    private OfRows(Rows rows) {
      this.rows = rows;
    }

    /** Leaves only rows that fulfil a condition, besides those before. */
    public OfRows where(Condition only) {
      return new OfRows(new Rows(rows.source(), rows.condition().and(only)));
    }

    /** Names the dimension and its top values. */
    public Ranking by(Field<?> dimension, TopN top) {
      return new Ranking(rows, new Split(dimension, top));
    }
  }

  /** Begins a ranking over the rows of a table, or of a join. */
  public static OfRows of(TableLike<?> source) {
    return new OfRows(new Rows(source, DSL.noCondition()));
  }

  /**
   * Returns the statement.
   *
   * @param measures aggregates with an alias each
   * @throws ConfigurationException if a measure has no alias
   */
  public Select<Record> select(Field<?>... measures) {
    Field<?> order = rankedBy();
    Measures wanted = new Measures(List.of(measures));
    Field<?> value = field(name(split.dimension().getName()), split.dimension().getDataType());
    List<CommonTableExpression<?>> parts = new ArrayList<>();
    split.topValues(rows).ifPresent(parts::add);
    parts.add(name(RANKED.getName()).as(ranked(wanted.and(order), value)));
    return with(parts)
        .select(read(wanted, value))
        .from(RANKED)
        .orderBy(
            Series.OTHER.asc(),
            Measures.of(RANKED.getName(), order).desc().nullsLast(),
            Split.ascending(value));
  }

  private Field<?> rankedBy() {
    TopN top = split.top();
    if (top == null) {
      throw new IllegalStateException("A ranking has its top values");
    }
    return top.measure();
  }

  private Select<?> ranked(Measures all, Field<?> value) {
    List<Field<?>> fields = new ArrayList<>();
    fields.add(split.value(value.getName()));
    fields.add(split.other(Series.OTHER.getName()));
    fields.addAll(all.ofRows());
    return DSL.select(fields)
        .from(rows.source())
        .where(rows.condition())
        .groupBy(inline(1), inline(2));
  }

  private static List<Field<?>> read(Measures wanted, Field<?> value) {
    List<Field<?>> fields = new ArrayList<>(List.of(value, Series.OTHER));
    wanted.ofRows().forEach(each -> fields.add(Measures.of(RANKED.getName(), each)));
    return fields;
  }
}
