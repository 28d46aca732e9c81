package dev.outgrow.query.table;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.PerBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What each row of a table refers to by a key, at most one row: the user of a session.
 *
 * <pre>{@code
 * Lookup user = Lookup.of(SESSIONS.USER_ID, USERS.ID);
 * Items show = ITEMS.as("show");
 * Lookup item = Lookup.of(SESSIONS.ITEM_ID, ITEMS.ID).then(ITEMS.PARENT_ID, show.ID);
 * }</pre>
 *
 * <p>A {@link ServerTable} joins it to the rows that it shows, and to no others: what is searched
 * for is looked for among the rows that are referred to, which mostly are few, and they are put in
 * order before those that refer to them are. Of a row that refers to nothing its columns are null.
 *
 * <p>Up to 20,000 keys that are whole numbers are read and sent back, so that the planner knows how
 * many rows it will find; others stay in the database.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Lookup {
  private static final int MOST_KEYS = 20_000;
  private static final Set<Class<?>> WHOLE = Set.of(Long.class, Integer.class, Short.class);

  private final Field<?> reference;
  private final TableField<?, ?> key;
  private final List<Step> steps;

  private Lookup(Field<?> reference, TableField<?, ?> key, List<Step> steps) {
    this.reference = reference;
    this.key = key;
    this.steps = List.copyOf(steps);
  }

  private record Step(Table<?> table, Condition on) {
    static <K> Step of(Field<K> reference, TableField<?, K> key) {
      Table<?> table = key.getTable();
      if (table == null || table.getKeys().stream().noneMatch(each -> isAlone(each, key))) {
        throw new ConfigurationException(
            "A lookup by " + key, "not unique", "the primary key of a table, or a unique one");
      }
      return new Step(table, key.eq(reference));
    }

    /** By its name: the keys of an alias are those of the table itself. */
    private static boolean isAlone(UniqueKey<?> unique, Field<?> key) {
      return unique.getFields().size() == 1
          && unique.getFields().get(0).getName().equals(key.getName());
    }
  }

  /**
   * Looks a row up by its key.
   *
   * @param reference what a row refers to it by
   * @param key a field of the other table that is its primary or a unique key by itself
   * @throws ConfigurationException if it is not
   */
  public static <K> Lookup of(Field<K> reference, TableField<?, K> key) {
    return new Lookup(reference, key, List.of(Step.of(reference, key)));
  }

  /**
   * Looks another one up, to which that one refers. A table that is there already needs an alias.
   *
   * @param from a field of what has been looked up
   * @param to a field of the other table that is its primary or a unique key by itself
   * @throws ConfigurationException if it is not
   */
  public <K> Lookup then(Field<K> from, TableField<?, K> to) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(Step.of(from, to));
    return new Lookup(reference, key, longer);
  }

  /** Joins it to the rows that refer to it; they stay as many. */
  Table<?> besideEach(Table<?> rows) {
    return joined(rows, steps);
  }

  /** Returns a field of it as it is beside a row, which may refer to nothing. */
  <T> Field<T> beside(Field<T> field) {
    // By its type: jOOQ believes that what is never null is not null here either.
    return DSL.when(key.isNotNull(), field).coerce(field.getDataType().nullable(true));
  }

  /** Returns the condition on a row that it refers to one for which another condition holds. */
  Condition refersTo(DSLContext ctx, Condition condition) {
    if (condition.equals(DSL.noCondition())) {
      return condition;
    }
    Select<?> keys = DSL.select(key).from(all()).where(condition);
    if (isWhole()) {
      List<Long> found = few(ctx, condition);
      if (found.size() <= MOST_KEYS) {
        return found.isEmpty() ? DSL.falseCondition() : isOneOf(found);
      }
    }
    return DSL.condition("{0} in ({1})", reference, keys);
  }

  /**
   * Returns the keys in the order of a field, those of equal values together and those of nulls
   * left out; nothing if they are too many to be sent back.
   */
  Optional<List<List<Long>>> inOrder(DSLContext ctx, Field<?> field, boolean ascending) {
    if (!isWhole()) {
      return Optional.empty();
    }
    Field<Long> number = key.coerce(SQLDataType.BIGINT);
    Field<Integer> place =
        DSL.denseRank().over(DSL.orderBy(ascending ? field.asc() : field.desc())).as("place");
    Map<Integer, List<Long>> found =
        ctx.select(number, place)
            .from(all())
            .where(field.isNotNull().and(key.isNotNull()))
            .orderBy(place)
            .limit(MOST_KEYS + 1)
            .fetchGroups(place, number);
    int keys = found.values().stream().mapToInt(List::size).sum();
    return keys > MOST_KEYS ? Optional.empty() : Optional.of(List.copyOf(found.values()));
  }

  private boolean isWhole() {
    return WHOLE.contains(key.getConverter().fromType());
  }

  /** Returns what a row refers to it by. */
  Field<?> reference() {
    return reference;
  }

  /** Returns where each stands if all are in the order of a field, nulls left out. */
  Ranks ranks(Field<?> field, String alias) {
    Table<?> table =
        DSL.select(key.as("key"), DSL.denseRank().over(DSL.orderBy(field.asc())).as("place"))
            .from(all())
            .where(field.isNotNull())
            .asTable(alias);
    Condition on = DSL.condition("{0} = {1}", DSL.field(DSL.name(alias, "key")), reference);
    return new Ranks(table, on, DSL.field(DSL.name(alias, "place"), SQLDataType.INTEGER));
  }

  /**
   * Numbers instead of values.
   *
   * @param table one row for each that is looked up
   * @param on what joins it to the rows that refer to it
   * @param place the number, the same for equal values
   */
  record Ranks(Table<?> table, Condition on, Field<Integer> place) {}

  private Table<?> all() {
    return joined(steps.get(0).table(), steps.subList(1, steps.size()));
  }

  private static Table<?> joined(Table<?> rows, List<Step> steps) {
    Table<?> joined = rows;
    for (Step step : steps) {
      joined = joined.leftJoin(step.table()).on(step.on());
    }
    return joined;
  }

  private List<Long> few(DSLContext ctx, Condition condition) {
    Field<Long> number = key.coerce(SQLDataType.BIGINT);
    return ctx.select(number)
        .from(all())
        .where(condition.and(key.isNotNull()))
        .limit(MOST_KEYS + 1)
        .fetch(number);
  }

  /** As one constant, which PostgreSQL reads sooner than so many. */
  Condition isOneOf(List<Long> keys) {
    String list = keys.stream().map(String::valueOf).collect(Collectors.joining(","));
    return PerBackend.condition(
        DSL.condition("{0} = any (cast({1} as bigint[]))", reference, DSL.inline("{" + list + "}")),
        DSL.condition("{0} in ({1})", reference, DSL.raw(list)));
  }

  /** Returns what is looked up. */
  @Override
  public String toString() {
    return reference + " → " + all();
  }
}
