package dev.outgrow.query.page;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.OrderField;

/**
 * What the rows of a page are sorted by.
 *
 * <pre>{@code
 * Ordering newest = Ordering.by(SESSION.STARTED.desc(), SESSION.USER_NAME);
 * }</pre>
 *
 * <p>A field without a direction goes from small to large. Nulls come last in either direction,
 * unless the field says {@code nullsFirst()}: the backends disagree about them, so it is never left
 * to them. Text is compared as its column is, by the column's collation.
 *
 * <p>The table's primary key is added at the end, so that no two rows are equal; where the rows do
 * not come from one table that has one, {@link #tieBreaker} says what is unique.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Ordering {
  private final List<OrderField<?>> fields;
  private final List<Field<?>> tieBreakers;

  private Ordering(List<? extends OrderField<?>> fields, List<? extends Field<?>> tieBreakers) {
    this.fields = List.copyOf(fields);
    this.tieBreakers = List.copyOf(tieBreakers);
  }

  /** Sorts by these fields, the first one first; by none of them, it is the tie-breaker alone. */
  public static Ordering by(OrderField<?>... fields) {
    return new Ordering(List.of(fields), List.of());
  }

  /** Returns this ordering with one more field behind the others. */
  public Ordering then(OrderField<?> field) {
    List<OrderField<?>> more = new ArrayList<>(fields);
    more.add(field);
    return new Ordering(more, tieBreakers);
  }

  /**
   * Returns this ordering with fields that are unique together, instead of the primary key. It has
   * to be true: rows that are equal in all fields can be left out at the end of a page.
   */
  public Ordering tieBreaker(Field<?>... unique) {
    return new Ordering(fields, List.of(unique));
  }

  List<OrderField<?>> fields() {
    return fields;
  }

  List<Field<?>> tieBreakers() {
    return tieBreakers;
  }
}
