package dev.outgrow.query.page;

import dev.outgrow.query.internal.SortKey;
import dev.outgrow.query.page.TokenException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * The sort keys as columns of their own beside the user's, and their values on the way out and
 * back.
 *
 * <p>SQLite stores in any column whatever it was given, and the driver's conversions lose digits: a
 * key that comes back changed would skip rows. There its values travel as they are stored.
 */
final class KeyFields {
  private static final String PREFIX = "outgrow_key_";

  private final List<SortKey> keys;
  private final boolean stored;

  KeyFields(List<SortKey> keys, SQLDialect dialect) {
    this.keys = keys;
    this.stored = dialect.family() == SQLDialect.SQLITE;
  }

  List<Field<?>> columns() {
    List<Field<?>> columns = new ArrayList<>();
    for (SortKey key : keys) {
      Field<?> column = stored ? DSL.field("{0}", SQLDataType.OTHER, key.field()) : key.field();
      columns.add(column.as(PREFIX + columns.size()));
    }
    return columns;
  }

  List<@Nullable Object> values(Record row, int offset) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Object value = row.get(offset + i);
      values.add(stored ? value : toDatabase(keys.get(i).field(), value));
    }
    return values;
  }

  List<KeyValue> at(Position position, List<SortKey> walked) {
    if (position.values().size() != walked.size()) {
      throw new TokenException(Reason.BINDING);
    }
    List<KeyValue> found = new ArrayList<>();
    for (int i = 0; i < walked.size(); i++) {
      Object value = position.values().get(i);
      found.add(new KeyValue(walked.get(i), value == null ? null : bind(walked.get(i), value)));
    }
    return found;
  }

  private Field<?> bind(SortKey key, Object value) {
    return stored ? DSL.val(value) : fromDatabase(key.field(), value);
  }

  private static <T> @Nullable Object toDatabase(Field<T> field, @Nullable Object value) {
    return value == null ? null : converted(field.getConverter(), field.getType().cast(value));
  }

  private static <F, T> F converted(Converter<F, T> converter, T value) {
    return converter.to(value);
  }

  private static <T> Field<T> fromDatabase(Field<T> field, Object value) {
    return DSL.val(read(field.getConverter(), value), field);
  }

  private static <F, T> T read(Converter<F, T> converter, Object value) {
    if (!converter.fromType().isInstance(value)) {
      throw new TokenException(Reason.BINDING);
    }
    return converter.from(converter.fromType().cast(value));
  }
}
