package dev.outgrow.query.write;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A row's values in its unique key, alike where the database takes them for alike, and in an order
 * that is the same for every call.
 */
record RowKey(List<Object> values) {
  /** By value, where values can be compared. */
  static final Comparator<Object> ORDER = RowKey::compare;

  static final Comparator<RowKey> KEY_ORDER = RowKey::compareKeys;

  /** Returns the key, or null if a part of it is null: that row is like no other. */
  static @Nullable RowKey of(Record row, List<Field<?>> key) {
    List<Object> values = new ArrayList<>();
    for (Field<?> field : key) {
      Object value = row.get(field);
      if (value == null) {
        return null;
      }
      values.add(alike(value));
    }
    return new RowKey(values);
  }

  private static Object alike(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    // Adding nothing turns the negative zero, which equals the other, into it.
    if (value instanceof Double fraction) {
      return fraction + 0.0;
    }
    return value instanceof Float fraction ? (Object) (fraction + 0.0f) : value;
  }

  private static int compareKeys(RowKey a, RowKey b) {
    for (int i = 0; i < a.values.size(); i++) {
      int order = compare(a.values.get(i), b.values.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    if (a instanceof Comparable<?> && a.getClass() == b.getClass()) {
      return ((Comparable<Object>) a).compareTo(b);
    }
    return a.toString().compareTo(b.toString());
  }
}
