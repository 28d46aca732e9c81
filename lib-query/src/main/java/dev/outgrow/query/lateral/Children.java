package dev.outgrow.query.lateral;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.outgrow.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The rows that belong to a parent row: their aggregates, or the first of them in an order, beside
 * each parent, in one statement.
 *
 * <pre>{@code
 * Field<Integer> plays = count().as("plays");
 * Children sessions = Children.of(SESSIONS).by(SESSIONS.USER_ID, USERS.ID);
 * Beside totals = sessions.totals("totals", plays);
 * Beside latest = sessions.latest("latest", SESSIONS.STARTED.desc(), SESSIONS.ID.desc());
 * select(USERS.NAME, totals.get(plays), latest.get(SESSIONS.PLATFORM))
 *     .from(latest.besideEach(totals.besideEach(USERS)))
 *     .orderBy(totals.get(plays).desc());
 * }</pre>
 *
 * <p>On PostgreSQL that is {@code LEFT JOIN LATERAL}, which reads the children of the parents that
 * are wanted, through an index on the children's key. SQLite has no {@code LATERAL}: there the
 * children are grouped once and joined. Both give the same rows. Every parent is there once, one
 * without children too: its totals are those of no rows, 0 for {@code count}.
 *
 * <p><em>Immutable.</em> Each method returns another one.
 *
 * @since 0.1
 */
public final class Children {
  private static final Field<Integer> RANK = field(name("outgrow_rank"), Integer.class);

  private final Table<?> table;
  private final Condition condition;
  private final List<Link<?>> links;

  private Children(Table<?> table, Condition condition, List<Link<?>> links) {
    this.table = table;
    this.condition = condition;
    this.links = links;
  }

  /** A field of the child that is equal to one of its parent. */
  private record Link<T>(Field<T> child, Field<T> parent) {
    Condition beneath() {
      return child.eq(parent);
    }

    Condition beside(Field<T> key) {
      return key.eq(parent);
    }
  }

  /** Begins with the table of the children. */
  public static Children of(Table<?> children) {
    return new Children(children, DSL.noCondition(), List.of());
  }

  /** Says which field of a child is equal to which of its parent; call it again for each pair. */
  public <T> Children by(Field<T> child, Field<T> parent) {
    List<Link<?>> more = new ArrayList<>(links);
    more.add(new Link<>(child, parent));
    return new Children(table, condition, List.copyOf(more));
  }

  /** Leaves only children that fulfil a condition, which speaks of the child alone. */
  public Children where(Condition only) {
    return new Children(table, condition.and(only), links);
  }

  /**
   * Returns aggregates of each parent's children.
   *
   * @param alias the name of the joined rows
   * @param aggregates with an alias each
   * @throws ConfigurationException if {@link #by} was not called, or there is no aggregate
   */
  public Beside totals(String alias, Field<?>... aggregates) {
    require(aggregates.length, "aggregates");
    List<Field<?>> grouped = new ArrayList<>();
    Condition same = DSL.noCondition();
    for (int i = 0; i < links.size(); i++) {
      String key = Beside.KEY + i;
      grouped.add(links.get(i).child().as(key));
      same = same.and(beside(links.get(i), alias, key));
    }
    grouped.addAll(List.of(aggregates));
    Select<?> byKey =
        select(grouped)
            .from(table)
            .where(condition)
            .groupBy(links.stream().map(Link::child).toList());
    Select<?> ofOne = select(aggregates).from(table).where(condition).and(beneath());
    return new Beside(alias, ofOne, byKey, same, Optional.of(table));
  }

  /**
   * Returns each parent's first child in an order: all its columns, null where there is no child.
   * Nulls come last unless the order says otherwise. Of equal children either may be chosen: end
   * the order with a unique column.
   *
   * @param alias the name of the joined row
   * @throws ConfigurationException if {@link #by} was not called, or there is no order
   */
  public Beside latest(String alias, SortField<?>... order) {
    require(order.length, "order");
    List<SortField<?>> sorted = Order.nullsLast(order);
    Condition same = DSL.noCondition();
    for (Link<?> each : links) {
      same = same.and(beside(each, alias, each.child().getName()));
    }
    Select<?> ofOne =
        select(table.asterisk())
            .from(table)
            .where(condition)
            .and(beneath())
            .orderBy(sorted)
            .limit(inline(1));
    return new Beside(alias, ofOne, firstByKey(sorted), same, Optional.empty());
  }

  private Select<?> firstByKey(List<SortField<?>> order) {
    Field<Integer> rank =
        rowNumber()
            .over(DSL.partitionBy(links.stream().map(Link::child).toList()).orderBy(order))
            .as(RANK);
    return select(DSL.asterisk())
        .from(select(table.asterisk(), rank).from(table).where(condition).asTable("outgrow_ranked"))
        .where(RANK.eq(inline(1)));
  }

  private Condition beneath() {
    return DSL.and(links.stream().map(Link::beneath).toList());
  }

  private static <T> Condition beside(Link<T> link, String alias, String key) {
    return link.beside(field(name(alias, key), link.child().getDataType()));
  }

  private void require(int count, String what) {
    if (links.isEmpty()) {
      throw new ConfigurationException(
          "The parent of the children", "not given", "a call of by(…)");
    }
    if (count == 0) {
      throw new ConfigurationException("The " + what + " of the children", "none", "one or more");
    }
  }
}
