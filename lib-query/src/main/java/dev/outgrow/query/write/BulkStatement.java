package dev.outgrow.query.write;

import dev.outgrow.query.internal.ClockGap;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.InsertValuesStepN;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The statement of a bulk write, for rows that come from here or from a table. */
record BulkStatement(
    Table<?> table, List<Field<?>> columns, List<Field<?>> key, Conflict conflict) {
  // PostgreSQL's protocol counts the values of a statement in 16 bits, jOOQ in 15.
  private static final int MOST_VALUES = 30_000;
  private static final int MOST_ROWS = 1_000;

  Query insertFrom(Select<?> select) {
    return conflict.resolve(DSL.insertInto(table, columns).select(select), columns, key);
  }

  /** Writes rows by as few statements as their values allow. */
  int inChunks(DSLContext ctx, List<Record> rows) {
    int chunk = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / columns.size()));
    int written = 0;
    for (int from = 0; from < rows.size(); from += chunk) {
      List<Record> part = rows.subList(from, Math.min(rows.size(), from + chunk));
      InsertValuesStepN<?> insert = DSL.insertInto(table, columns);
      for (Record row : part) {
        insert = insert.values(values(row));
      }
      written += ctx.execute(conflict.resolve(insert, columns, key));
    }
    return written;
  }

  /** Writes rows by one statement that is prepared once, which is SQLite's fastest way. */
  int inBatch(DSLContext ctx, List<Record> rows) {
    @Nullable Object[] nothing = new Object[columns.size()];
    Query query = conflict.resolve(DSL.insertInto(table, columns).values(nothing), columns, key);
    int[] counts =
        ctx.batch(query).bind(rows.stream().map(this::values).toArray(Object[][]::new)).execute();
    return Arrays.stream(counts).sum();
  }

  private @Nullable Object[] values(Record row) {
    return columns.stream().map(column -> ClockGap.refuse(column, row.get(column))).toArray();
  }
}
