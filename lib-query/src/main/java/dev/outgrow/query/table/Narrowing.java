package dev.outgrow.query.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Finds among which rows a page is that is sorted first by what its rows refer to: goes through
 * that in its order, and counts who refers to it. So only those are sorted.
 */
final class Narrowing {
  private static final int FIRST_KEYS = 64;
  private static final int MORE = 4;

  private final DSLContext ctx;
  private final Table<?> from;
  private final Condition wanted;
  private final Lookup lookup;

  Narrowing(DSLContext ctx, Table<?> from, Condition wanted, Lookup lookup) {
    this.ctx = ctx;
    this.from = from;
    this.wanted = wanted;
    this.lookup = lookup;
  }

  /**
   * Where a page is.
   *
   * @param rows which rows it is among
   * @param offset how many of those come before it
   * @param oneValue whether all of them refer to equal values
   */
  record Place(Condition rows, long offset, boolean oneValue) {}

  /**
   * Returns where a page is.
   *
   * @param values the keys in order, those of equal values together
   * @param rows how many rows there are, if those without a value come first; else 0
   * @return nothing, if rows without a value are on it
   */
  Optional<Place> of(List<List<Long>> values, long rows, long offset, long length) {
    long nulls = rows == 0 ? 0 : rows - count(values.stream().flatMap(List::stream).toList());
    return offset < nulls ? Optional.empty() : place(values, offset - nulls, length);
  }

  private Optional<Place> place(List<List<Long>> values, long offset, long length) {
    List<Long> chosen = new ArrayList<>();
    long before = 0;
    long found = 0;
    int different = 0;
    int keys = FIRST_KEYS;
    for (int i = 0; i < values.size() && before + found < offset + length; keys *= MORE) {
      List<List<Long>> batch = batch(values.subList(i, values.size()), keys);
      List<Long> counts = counts(batch, offset + length - before - found);
      for (int j = 0; j < batch.size() && before + found < offset + length; j++) {
        long count = counts.get(j);
        if (found == 0 && before + count <= offset) {
          before += count;
        } else if (count > 0) {
          chosen.addAll(batch.get(j));
          found += count;
          different++;
        }
      }
      i += batch.size();
    }
    return before + found < offset + length
        ? Optional.empty()
        : Optional.of(new Place(lookup.isOneOf(chosen), offset - before, different == 1));
  }

  /** The first values that have so many keys together. */
  private static List<List<Long>> batch(List<List<Long>> values, int keys) {
    int size = 0;
    int end = 0;
    while (end < values.size() && size < keys) {
      size += values.get(end).size();
      end++;
    }
    return values.subList(0, end);
  }

  /** How many rows refer to each value; of a single one no more are counted than are needed. */
  private List<Long> counts(List<List<Long>> batch, long needed) {
    if (batch.size() == 1) {
      Condition of = wanted.and(lookup.isOneOf(batch.get(0)));
      return List.of((long) ctx.fetchCount(DSL.selectOne().from(from).where(of).limit(needed)));
    }
    Field<Long> key = lookup.reference().coerce(SQLDataType.BIGINT);
    Field<Long> rows = DSL.count().cast(SQLDataType.BIGINT);
    Map<Long, Long> counts =
        ctx.select(key, rows)
            .from(from)
            .where(wanted.and(lookup.isOneOf(batch.stream().flatMap(List::stream).toList())))
            .groupBy(key)
            .fetchMap(key, rows);
    return batch.stream()
        .map(keys -> keys.stream().mapToLong(each -> counts.getOrDefault(each, 0L)).sum())
        .toList();
  }

  private long count(List<Long> keys) {
    return keys.isEmpty()
        ? 0
        : ctx.select(DSL.count())
            .from(from)
            .where(wanted.and(lookup.isOneOf(keys)))
            .fetchSingle()
            .value1();
  }
}
