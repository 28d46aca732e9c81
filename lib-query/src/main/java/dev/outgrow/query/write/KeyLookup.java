package dev.outgrow.query.write;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.ClockGap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Insert;
import org.jooq.Record;
import org.jooq.RowN;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What the database gave to rows. RETURNING tells it for one plain insert; of many, or of those
 * that were there already, jOOQ's own is wrong on SQLite, so that they are looked up by their key.
 */
final class KeyLookup {
  private static final int VALUES_AT_ONCE = 900;

  private KeyLookup() {}

  static <T> List<T> inserted(
      DSLContext ctx,
      Table<?> table,
      List<Field<?>> columns,
      Collection<? extends Record> rows,
      Field<T> generated) {
    Field<T> returned = DSL.field(DSL.name(generated.getName()), generated.getDataType());
    List<T> values = new ArrayList<>();
    for (Record row : rows) {
      Insert<?> insert =
          DSL.insertInto(table, columns)
              .values(
                  columns.stream()
                      .map(column -> ClockGap.refuse(column, row.get(column)))
                      .toArray());
      values.add(
          ctx.resultQuery("{0} returning {1}", insert, returned)
              .coerce(returned)
              .fetchSingle()
              .value1());
    }
    return values;
  }

  static <T> List<T> found(
      DSLContext ctx,
      Table<?> table,
      List<Field<?>> key,
      Collection<? extends Record> rows,
      Field<T> wanted) {
    List<Record> all = new ArrayList<>(rows);
    Map<RowKey, Record> byKey = new HashMap<>();
    int chunk = Math.max(1, VALUES_AT_ONCE / key.size());
    for (int from = 0; from < all.size(); from += chunk) {
      List<Record> part = all.subList(from, Math.min(all.size(), from + chunk));
      List<Field<?>> shown = new ArrayList<>(key);
      shown.add(wanted);
      for (Record row : ctx.select(shown).from(table).where(among(key, part))) {
        byKey.put(required(RowKey.of(row, key), table), row);
      }
    }
    return all.stream()
        .map(row -> stored(byKey, required(RowKey.of(row, key), table), table).get(wanted))
        .toList();
  }

  private static Condition among(List<Field<?>> key, List<Record> rows) {
    if (key.size() == 1) {
      return in(key.get(0), rows);
    }
    List<RowN> values = new ArrayList<>();
    for (Record row : rows) {
      values.add(DSL.row(key.stream().map(field -> bound(field, row)).toList()));
    }
    return DSL.row(key).in(values);
  }

  private static <T> Condition in(Field<T> field, List<Record> rows) {
    return field.in(rows.stream().map(row -> bound(field, row)).toList());
  }

  private static <T> Field<T> bound(Field<T> field, Record row) {
    return DSL.val(row.get(field), field);
  }

  private static Record stored(Map<RowKey, Record> byKey, RowKey key, Table<?> table) {
    Record row = byKey.get(key);
    if (row == null) {
      throw new ConfigurationException(
          "A row's key in " + table.getName(), "one that is not there", "keys of stored rows");
    }
    return row;
  }

  private static RowKey required(@Nullable RowKey key, Table<?> table) {
    if (key == null) {
      throw new ConfigurationException(
          "A row's key in " + table.getName(), "one with a null", "keys without nulls");
    }
    return key;
  }
}
