package dev.outgrow.query.page;

import dev.outgrow.query.internal.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/**
 * Rows behind a position that an index gives one after the other. Where the first key can be null,
 * the rows that have a value there and those that have none are two parts: together they would be
 * an OR, which no index answers, and an order of nulls that a plain index does not have.
 *
 * @param condition which rows
 * @param order their order
 */
record KeysetPart(Condition condition, List<SortKey> order) {

  /** All rows, in the order of their parts. */
  static List<KeysetPart> all(List<SortKey> keys) {
    if (!keys.get(0).nullable()) {
      return List.of(new KeysetPart(DSL.noCondition(), keys));
    }
    return inOrder(keys, noNulls(keys), nulls(keys, DSL.noCondition()));
  }

  /** The rows behind a position; parts that stand wholly in front of it are left out. */
  static List<KeysetPart> behind(List<SortKey> keys, List<KeyValue> place, boolean inclusive) {
    if (!keys.get(0).nullable()) {
      return List.of(new KeysetPart(KeysetPredicate.behind(place, inclusive), keys));
    }
    boolean nullsFirst = keys.get(0).nullsFirst();
    if (place.get(0).value() == null) {
      KeysetPart nulls = nulls(keys, rest(place, inclusive));
      return nullsFirst ? List.of(nulls, noNulls(keys)) : List.of(nulls);
    }
    List<KeyValue> values = new ArrayList<>(place);
    values.set(0, new KeyValue(keys.get(0).withoutNulls(), place.get(0).value()));
    KeysetPart part = new KeysetPart(KeysetPredicate.behind(values, inclusive), order(keys));
    return nullsFirst ? List.of(part) : List.of(part, nulls(keys, DSL.noCondition()));
  }

  private static Condition rest(List<KeyValue> place, boolean inclusive) {
    if (place.size() > 1) {
      return KeysetPredicate.behind(place.subList(1, place.size()), inclusive);
    }
    return inclusive ? DSL.noCondition() : DSL.falseCondition();
  }

  private static List<KeysetPart> inOrder(List<SortKey> keys, KeysetPart values, KeysetPart nulls) {
    return keys.get(0).nullsFirst() ? List.of(nulls, values) : List.of(values, nulls);
  }

  private static KeysetPart noNulls(List<SortKey> keys) {
    return new KeysetPart(keys.get(0).field().isNotNull(), order(keys));
  }

  private static KeysetPart nulls(List<SortKey> keys, Condition more) {
    return new KeysetPart(keys.get(0).field().isNull().and(more), order(keys));
  }

  private static List<SortKey> order(List<SortKey> keys) {
    List<SortKey> order = new ArrayList<>(keys);
    order.set(0, keys.get(0).withoutNulls());
    return order;
  }
}
