package dev.outgrow.query.write;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.InsertOnDuplicateStep;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What becomes of a row whose key is there already; without a version it always wins. */
record Conflict(boolean update, @Nullable Field<?> version) {

  <R extends Record> Query resolve(
      InsertOnDuplicateStep<R> insert, List<Field<?>> columns, List<Field<?>> key) {
    Map<Field<?>, Field<?>> changes = new LinkedHashMap<>();
    for (Field<?> column : columns) {
      if (!key.contains(column)) {
        changes.put(column, DSL.excluded(column));
      }
    }
    if (!update || changes.isEmpty()) {
      return insert.onConflict(key).doNothing();
    }
    return version == null
        ? insert.onConflict(key).doUpdate().set(changes)
        : insert.onConflict(key).doUpdate().set(changes).where(newer(version));
  }

  /** Returns whether the later of two rows of one call takes the place of the earlier. */
  boolean replaces(Record later, Record earlier) {
    if (!update || version == null) {
      return update;
    }
    Object after = later.get(version);
    Object before = earlier.get(version);
    return after != null && (before == null || RowKey.ORDER.compare(after, before) > 0);
  }

  private static <T> Condition newer(Field<T> version) {
    Field<T> given = DSL.excluded(version);
    return version.lt(given).or(version.isNull().and(given.isNotNull()));
  }
}
