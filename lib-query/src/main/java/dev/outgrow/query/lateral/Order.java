package dev.outgrow.query.lateral;

import java.util.Arrays;
import java.util.List;
import org.jooq.SortField;

/** Where nothing is said, PostgreSQL takes null for the greatest value and SQLite for the least. */
final class Order {
  private Order() {}

  /** Says it, but where it would only keep an index from being used. */
  static List<SortField<?>> nullsLast(SortField<?>... order) {
    return Arrays.stream(order).<SortField<?>>map(Order::nullsLast).toList();
  }

  private static SortField<?> nullsLast(SortField<?> field) {
    boolean said = field.$nullOrdering() != null;
    return said || !field.$field().getDataType().nullable() ? field : field.nullsLast();
  }
}
