package dev.outgrow.query.repository;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.ClockGap;
import dev.outgrow.query.internal.SortKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The everyday statements on one table, which need no class of their own.
 *
 * <pre>{@code
 * Repository<UserRecord, Long> users = Repository.of(USERS, USERS.ID).versioned(USERS.VERSION);
 * UserRecord user = users.insert(ctx, draft);
 * user.setName("Ann");
 * users.update(ctx, user);
 * }</pre>
 *
 * <p>Rows are the table's jOOQ records; what they lack, {@code ctx} still does. With a version, an
 * update or delete of a row that was changed since it was read writes nothing and throws a {@link
 * ChangedRowException}; without one, the last one wins.
 *
 * <p><em>Thread-safe.</em>
 *
 * @param <R> the table's record
 * @param <K> the type of the key
 * @since 0.1
 */
public final class Repository<R extends Record, K> {
  private static final int LARGEST_PAGE = 10_000;

  private final Table<R> table;
  private final Field<K> key;
  private final @Nullable Field<? extends Number> version;

  private Repository(Table<R> table, Field<K> key, @Nullable Field<? extends Number> version) {
    this.table = table;
    this.key = key;
    this.version = version;
  }

  /** Returns the repository of a table, whose rows a unique field tells apart. */
  public static <R extends Record, K> Repository<R, K> of(Table<R> table, TableField<R, K> key) {
    return new Repository<>(table, key, null);
  }

  /** Returns this repository with a number that each update counts up, from 0 or 1 on. */
  public Repository<R, K> versioned(TableField<R, ? extends Number> counter) {
    return new Repository<>(table, key, counter);
  }

  /** Returns a row, or nothing if there is none. */
  public Optional<R> find(DSLContext ctx, K id) {
    return ctx.selectFrom(table).where(key.eq(id)).fetchOptional();
  }

  /** Returns the rows of a condition, by their keys. */
  public List<R> find(DSLContext ctx, Condition condition) {
    return ctx.selectFrom(table).where(condition).orderBy(key).fetch();
  }

  /** Returns whether there is a row. */
  public boolean exists(DSLContext ctx, K id) {
    return ctx.fetchExists(table, key.eq(id));
  }

  /** Returns how many rows a condition has. */
  public long count(DSLContext ctx, Condition condition) {
    Field<Long> rows = DSL.field("count(*)", Long.class);
    return ctx.select(rows).from(table).where(condition).fetchSingle().value1();
  }

  /**
   * Returns one page of rows, nulls last and then by their keys.
   *
   * @param number the page, from 1
   * @param size how many rows, 1 to 10,000
   * @throws ConfigurationException if one of them is out of range
   */
  public Rows<R> page(
      DSLContext ctx, Condition condition, long number, int size, OrderField<?>... order) {
    if (number < 1 || number > Long.MAX_VALUE / LARGEST_PAGE) {
      throw new ConfigurationException("A page's number", String.valueOf(number), "1 or more");
    }
    if (size < 1 || size > LARGEST_PAGE) {
      throw new ConfigurationException("A page's size", String.valueOf(size), "1 to 10000");
    }
    List<SortKey> keys =
        SortKey.all(
            List.of(order),
            List.of(key),
            SortKey.Place.of(List.of(table), SortKey.primaryKey(table), ctx.dialect()));
    Result<R> found =
        ctx.selectFrom(table)
            .where(condition)
            .orderBy(keys.stream().map(SortKey::sortField).toList())
            .limit(size + 1)
            .offset((number - 1) * size)
            .fetch();
    boolean more = found.size() > size;
    return new Rows<>(more ? found.subList(0, size) : found, more);
  }

  /**
   * Inserts a row.
   *
   * @param row what it has set is written; the rest is the table's to fill
   * @return the row as it is stored, with its key and its defaults
   */
  public R insert(DSLContext ctx, R row) {
    Field<?>[] stored = unqualified();
    // RETURNING as it stands: jOOQ reads SQLite's answer by the last row's number, if it has one.
    Record found =
        ctx.resultQuery(
                "{0} returning {1}", DSL.insertInto(table).set(changes(row)), DSL.list(stored))
            .coerce(stored)
            .fetchSingle();
    return found.into(table);
  }

  /**
   * Updates a row by its key with what was set on it since it was read.
   *
   * @return the row as it is stored now
   * @throws ChangedRowException if it is gone, or its version is another one
   */
  public R update(DSLContext ctx, R row) {
    Map<Field<?>, Object> changes = changes(row);
    changes.remove(key);
    if (version != null) {
      changes.put(version, version.plus(1));
    }
    if (!changes.isEmpty() && ctx.update(table).set(changes).where(same(row)).execute() == 0) {
      throw changed(ctx, row);
    }
    return find(ctx, id(row)).orElseThrow(() -> changed(ctx, row));
  }

  /**
   * Deletes a row as it was read.
   *
   * @throws ChangedRowException if it is gone, or its version is another one
   */
  public void delete(DSLContext ctx, R row) {
    if (ctx.deleteFrom(table).where(same(row)).execute() == 0) {
      throw changed(ctx, row);
    }
  }

  /** Deletes a row, whatever its version, and returns whether there was one. */
  public boolean deleteById(DSLContext ctx, K id) {
    return ctx.deleteFrom(table).where(key.eq(id)).execute() > 0;
  }

  private Condition same(R row) {
    Condition same = key.eq(id(row));
    return version == null ? same : same.and(sameVersion(version, row));
  }

  private <T extends Number> Condition sameVersion(Field<T> counter, R row) {
    T read = row.original(counter);
    return read == null ? counter.isNull() : counter.eq(read);
  }

  private K id(R row) {
    K id = row.get(key);
    if (id == null) {
      throw new ConfigurationException("The key of a row of " + table.getName(), "null", "a key");
    }
    return id;
  }

  private ChangedRowException changed(DSLContext ctx, R row) {
    return new ChangedRowException(
        table.getName(), key.getName() + "=" + id(row), !exists(ctx, id(row)));
  }

  private Map<Field<?>, Object> changes(R row) {
    Map<Field<?>, Object> changes = new LinkedHashMap<>();
    for (Field<?> field : table.fields()) {
      if (row.changed(field)) {
        changes.put(field, ClockGap.refuse(field, row.get(field)));
      }
    }
    return changes;
  }

  private Field<?>[] unqualified() {
    return Arrays.stream(table.fields())
        .map(field -> DSL.field(DSL.name(field.getName()), field.getDataType()))
        .toArray(Field<?>[]::new);
  }
}
