package dev.outgrow.query.lateral;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The first rows of each group, in an order: each device's latest reading, each user's three
 * longest sessions. What {@code DISTINCT ON} is for on PostgreSQL alone.
 *
 * <pre>{@code
 * Latest.of(SESSIONS)
 *     .per(SESSIONS.USER_ID)
 *     .by(SESSIONS.STARTED.desc(), SESSIONS.ID.desc())
 *     .select(SESSIONS.USER_ID, SESSIONS.PLATFORM);
 * }</pre>
 *
 * <p>Rows whose group is null are a group. Nulls come last in the order unless it says otherwise.
 * Of equal rows either may be chosen: end the order with a unique column.
 *
 * <p><em>Immutable.</em> Each method returns another one.
 *
 * @since 0.1
 */
public final class Latest {
  private static final Field<Integer> RANK = field(name("outgrow_rank"), SQLDataType.INTEGER);

  private final TableLike<?> source;
  private final Condition condition;
  private final List<Field<?>> groups;
  private final List<SortField<?>> order;
  private final int count;

  private Latest(
      TableLike<?> source,
      Condition condition,
      List<Field<?>> groups,
      List<SortField<?>> order,
      int count) {
    this.source = source;
    this.condition = condition;
    this.groups = groups;
    this.order = order;
    this.count = count;
  }

  /** Begins with a table, or a join. */
  public static Latest of(TableLike<?> source) {
    return new Latest(source, DSL.noCondition(), List.of(), List.of(), 1);
  }

  /** Says which fields are equal in a group; without any, all rows are one. */
  public Latest per(Field<?>... equal) {
    return new Latest(source, condition, List.of(equal), order, count);
  }

  /** Says which rows come first. */
  public Latest by(SortField<?>... first) {
    return new Latest(source, condition, groups, Order.nullsLast(first), count);
  }

  /** Leaves only rows that fulfil a condition, before the first are chosen. */
  public Latest where(Condition only) {
    return new Latest(source, condition.and(only), groups, order, count);
  }

  /**
   * Says how many of each group; at first, one.
   *
   * @throws ConfigurationException if it is less than 1
   */
  public Latest first(int rows) {
    if (rows < 1) {
      throw new ConfigurationException("The rows of a group", Integer.toString(rows), "1 or more");
    }
    return new Latest(source, condition, groups, order, rows);
  }

  /**
   * Returns the statement, to which conditions and an order can be added.
   *
   * @param fields of the source, with names that differ
   * @throws ConfigurationException if {@link #by} was not called, or there is no field
   */
  public SelectConditionStep<Record> select(Field<?>... fields) {
    if (order.isEmpty() || fields.length == 0) {
      throw new ConfigurationException(
          order.isEmpty() ? "The order of a group" : "The fields", "none", "one or more");
    }
    List<Field<?>> inner = new ArrayList<>(List.of(fields));
    var window = groups.isEmpty() ? DSL.orderBy(order) : DSL.partitionBy(groups).orderBy(order);
    inner.add(rowNumber().over(window).as(RANK));
    Table<?> ranked = DSL.select(inner).from(source).where(condition).asTable("outgrow_ranked");
    List<Field<?>> outer = new ArrayList<>();
    for (Field<?> each : fields) {
      outer.add(field(name(each.getName()), each.getDataType()));
    }
    return DSL.select(outer).from(ranked).where(RANK.le(inline(count)));
  }
}
