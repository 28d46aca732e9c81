package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.internal.SortKey;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Pages by number, with or without a total.
 *
 * <pre>{@code
 * OffsetPages<SessionRecord> pages =
 *     OffsetPages.over(selectFrom(SESSION), newest).counting(Counting.capped(10_000));
 * OffsetPage<SessionRecord> third = pages.page(ctx, 3);
 * }</pre>
 *
 * <p>A page has 50 rows and an exact total unless told otherwise. The rows in front of a page are
 * read and thrown away, so that a deep page is slow; rows that come or go between two pages shift
 * the rest. {@link Keyset} does neither. Page and total are two queries: within {@code
 * Database.read} they see the same rows.
 *
 * <p><em>Thread-safe.</em>
 *
 * @param <R> the record of the select
 * @since 0.1
 */
public final class OffsetPages<R extends Record> {
  private static final int DEFAULT_SIZE = 50;
  private static final int LARGEST_SIZE = 10_000;

  private final PagedSelect<R> paged;
  private final int size;
  private final Counting counting;

  private OffsetPages(PagedSelect<R> paged, int size, Counting counting) {
    this.paged = paged;
    this.size = size;
    this.counting = counting;
  }

  /**
   * Pages through what a select finds. One that groups or is distinct needs an ordering with a
   * {@link Ordering#tieBreaker tie-breaker}.
   *
   * @throws ConfigurationException if the select orders, limits or combines
   */
  public static <R extends Record> OffsetPages<R> over(Select<R> select, Ordering ordering) {
    return new OffsetPages<>(new PagedSelect<>(select, ordering), DEFAULT_SIZE, Counting.exact());
  }

  /**
   * Returns these pages with another number of rows.
   *
   * @param rows 1 to 10,000
   * @throws ConfigurationException if it is another number
   */
  public OffsetPages<R> size(int rows) {
    if (rows < 1 || rows > LARGEST_SIZE) {
      throw new ConfigurationException("OffsetPages.size", String.valueOf(rows), "1 to 10000");
    }
    return new OffsetPages<>(paged, rows, counting);
  }

  /** Returns these pages with another way to count. */
  public OffsetPages<R> counting(Counting other) {
    return new OffsetPages<>(paged, size, other);
  }

  /**
   * Returns a page.
   *
   * @param number 1 or more; one behind the last page is empty
   * @throws ConfigurationException if it is less than 1, or so large that its rows have no number
   */
  public OffsetPage<R> page(DSLContext ctx, long number) {
    if (number < 1 || number > Long.MAX_VALUE / LARGEST_SIZE) {
      throw new ConfigurationException("A page's number", String.valueOf(number), "1 or more");
    }
    Result<R> found = ctx.fetch(query(ctx, (number - 1) * size));
    boolean more = found.size() > size;
    List<R> rows = more ? found.subList(0, size) : found;
    return new OffsetPage<>(rows, number, size, counting.count(ctx, paged.select()), more);
  }

  private Select<R> query(DSLContext ctx, long offset) {
    List<SortKey> keys = paged.keys(ctx.dialect());
    return paged
        .select()
        .$orderBy(keys.stream().map(SortKey::sortField).toList())
        .$limit(DSL.val(size + 1))
        .$offset(DSL.val(offset));
  }
}
