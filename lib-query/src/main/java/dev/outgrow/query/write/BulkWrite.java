package dev.outgrow.query.write;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.OneConnection;
import dev.outgrow.query.internal.SortKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows at once, with a word for those whose key is in the table already.
 *
 * <pre>{@code
 * WriteResult result = BulkWrite.into(SESSION).insertOrUpdate(ctx, rows);
 * BulkWrite.into(USERS).onKey(USERS.NAME).insertOrIgnore(ctx, users);
 * BulkWrite.into(SESSION).updateIfNewer(ctx, rows, SESSION.CHANGED);
 * }</pre>
 *
 * <p>The result is that of the rows written one after the other. The key is the primary key unless
 * {@link #onKey} names another one that is unique; only a conflict with it is handled, any other is
 * thrown. The columns written are those that were set on the first row, and every row must have set
 * the same.
 *
 * <p>A call is one transaction: the caller's, or else one of its own. It writes in the order of the
 * keys, so that calls at the same time do not deadlock. On SQLite a statement is prepared once; on
 * PostgreSQL up to 1,000 rows share a statement, and 2,000 rows or more go by COPY through a
 * temporary table, where their types allow. Two keys that only the database takes for the same, by
 * its collation, are refused there.
 *
 * <p><em>Thread-safe.</em>
 *
 * @param <R> the table's record
 * @since 0.1
 */
public final class BulkWrite<R extends Record> {
  private static final int COPY_ROWS = 2_000;

  private final Table<R> table;
  private final List<Field<?>> key;
  private final int copyRows;

  private BulkWrite(Table<R> table, List<Field<?>> key, int copyRows) {
    this.table = table;
    this.key = key;
    this.copyRows = copyRows;
  }

  /** Writes into a table; rows are known again by its primary key. */
  public static <R extends Record> BulkWrite<R> into(Table<R> table) {
    return new BulkWrite<>(table, SortKey.primaryKey(table), COPY_ROWS);
  }

  /** Knows rows again by these fields, which a unique index has to cover. */
  public BulkWrite<R> onKey(Field<?>... unique) {
    return new BulkWrite<>(table, List.of(unique), copyRows);
  }

  /**
   * Sets from how many rows on PostgreSQL's COPY is used.
   *
   * @param rows 1 or more; 2,000 unless set
   * @throws ConfigurationException if it is less
   */
  public BulkWrite<R> copyFrom(int rows) {
    if (rows < 1) {
      throw new ConfigurationException("BulkWrite.copyFrom", String.valueOf(rows), "1 or more");
    }
    return new BulkWrite<>(table, key, rows);
  }

  /** Inserts rows, and leaves alone those whose key is there; of two in one call the first wins. */
  public WriteResult insertOrIgnore(DSLContext ctx, Collection<? extends Record> rows) {
    return write(ctx, rows, new Conflict(false, null));
  }

  /** Inserts rows, and updates those whose key is there; of two in one call the last wins. */
  public WriteResult insertOrUpdate(DSLContext ctx, Collection<? extends Record> rows) {
    return write(ctx, rows, new Conflict(true, null));
  }

  /**
   * Inserts rows, and updates those whose key is there if the given one is newer: its version
   * larger, or there at all where the stored one is null.
   *
   * @param version a column among those written: a time, or a number that grows
   */
  public WriteResult updateIfNewer(
      DSLContext ctx, Collection<? extends Record> rows, Field<?> version) {
    return write(ctx, rows, new Conflict(true, version));
  }

  /**
   * Inserts rows, each by a statement of its own, and returns what the database made of a column.
   *
   * @param generated the column, usually the identity
   * @return its values, in the order of the rows
   */
  public <T> List<T> insert(DSLContext ctx, Collection<? extends Record> rows, Field<T> generated) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Field<?>> columns = columns(rows);
    return OneConnection.inTransaction(
        ctx,
        "Inserting into " + table.getName(),
        (one, connection) -> KeyLookup.inserted(one, table, columns, rows, generated));
  }

  /**
   * Returns what the table has in a column for rows that are in it, by their key: after a write,
   * the identities of all of them, the new and the old.
   *
   * @return its values, in the order of the rows
   * @throws ConfigurationException if a row's key holds a null, or is not in the table
   */
  public <T> List<T> find(DSLContext ctx, Collection<? extends Record> rows, Field<T> wanted) {
    return KeyLookup.found(ctx, table, requiredKey(), rows, wanted);
  }

  private WriteResult write(DSLContext ctx, Collection<? extends Record> given, Conflict conflict) {
    if (given.isEmpty()) {
      return new WriteResult(0, 0, 0);
    }
    List<Field<?>> columns = columns(given);
    requireColumns(columns, requiredKey(), conflict.version());
    DistinctRows distinct = DistinctRows.of(given, key, conflict);
    BulkStatement statement = new BulkStatement(table, columns, key, conflict);
    int written =
        OneConnection.inTransaction(
            ctx,
            "Writing into " + table.getName(),
            (one, connection) -> {
              List<Record> rows = distinct.rows();
              if (one.family() == SQLDialect.SQLITE) {
                return statement.inBatch(one, rows);
              }
              return rows.size() >= copyRows && CopyLoad.canTake(columns, rows)
                  ? new CopyLoad(one, connection, table, columns).load(rows, statement)
                  : statement.inChunks(one, rows);
            });
    return new WriteResult(given.size(), distinct.duplicates(), written);
  }

  private List<Field<?>> requiredKey() {
    if (key.isEmpty()) {
      throw new ConfigurationException(
          "BulkWrite into " + table.getName(), "no key", "a primary key, or onKey(fields)");
    }
    return key;
  }

  private List<Field<?>> columns(Collection<? extends Record> rows) {
    List<Field<?>> columns = set(rows.iterator().next());
    for (Record row : rows) {
      if (!hasSet(row, columns)) {
        throw new ConfigurationException(
            "The columns of a row for " + table.getName(),
            names(set(row)),
            "those that the first row has set: " + names(columns));
      }
    }
    return columns;
  }

  /** Rows are many: nothing is made for each of them. */
  private boolean hasSet(Record row, List<Field<?>> columns) {
    int set = 0;
    for (Field<?> field : table.fields()) {
      if (row.indexOf(field) >= 0 && row.changed(field)) {
        if (set == columns.size() || columns.get(set) != field) {
          return false;
        }
        set++;
      }
    }
    return set == columns.size();
  }

  private List<Field<?>> set(Record row) {
    return Arrays.<Field<?>>asList(table.fields()).stream()
        .filter(field -> row.indexOf(field) >= 0 && row.changed(field))
        .toList();
  }

  private void requireColumns(
      List<Field<?>> columns, List<Field<?>> needed, @Nullable Field<?> version) {
    if (!columns.containsAll(needed) || (version != null && !columns.contains(version))) {
      throw new ConfigurationException(
          "The columns of rows for " + table.getName(),
          names(columns),
          "the key's " + names(needed) + (version == null ? "" : " and " + version.getName()));
    }
  }

  private static String names(List<Field<?>> fields) {
    return String.join(", ", fields.stream().map(Field::getName).toList());
  }
}
