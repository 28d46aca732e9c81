package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.query.page.RowCount.Kind;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How the rows of all pages are counted.
 *
 * <p><em>Immutable.</em>
 *
 * @since 0.1
 */
public final class Counting {
  private static final Field<Long> ROWS = DSL.field("count(*)", SQLDataType.BIGINT);

  private final Kind kind;
  private final long most;

  private Counting(Kind kind, long most) {
    this.kind = kind;
    this.most = most;
  }

  /** Counts every row. */
  public static Counting exact() {
    return new Counting(Kind.EXACT, Long.MAX_VALUE);
  }

  /**
   * Counts no further than this: beyond it, the answer is "at least".
   *
   * @param most 1 or more
   * @throws ConfigurationException if it is less
   */
  public static Counting capped(long most) {
    if (most < 1 || most == Long.MAX_VALUE) {
      throw new ConfigurationException("Counting.capped", String.valueOf(most), "1 or more");
    }
    return new Counting(Kind.AT_LEAST, most);
  }

  /**
   * Asks PostgreSQL's planner, which reads no rows. SQLite's planner gives no number: there every
   * row is counted, and the answer says that it is exact.
   */
  public static Counting estimated() {
    return new Counting(Kind.ESTIMATED, Long.MAX_VALUE);
  }

  /** Does not count. */
  public static Counting none() {
    return new Counting(Kind.NOT_COUNTED, 0);
  }

  RowCount count(DSLContext ctx, Select<?> select) {
    return switch (kind) {
      case EXACT -> new RowCount(Kind.EXACT, rows(ctx, select));
      case AT_LEAST -> upToCap(rows(ctx, select.$limit(DSL.val(most + 1))));
      case ESTIMATED -> estimate(ctx, select);
      case NOT_COUNTED -> new RowCount(Kind.NOT_COUNTED, 0);
    };
  }

  private RowCount upToCap(long rows) {
    return rows > most ? new RowCount(Kind.AT_LEAST, most) : new RowCount(Kind.EXACT, rows);
  }

  private static RowCount estimate(DSLContext ctx, Select<?> select) {
    return ctx.family() == SQLDialect.SQLITE
        ? new RowCount(Kind.EXACT, rows(ctx, select))
        : new RowCount(Kind.ESTIMATED, Math.round(ctx.explain(select).rows()));
  }

  private static long rows(DSLContext ctx, Select<?> select) {
    Record1<Long> found = ctx.select(ROWS).from(select.asTable("counted")).fetchSingle();
    return found.value1();
  }
}
