package dev.outgrow.query.internal;

import java.util.function.Function;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;

/**
 * Reads a query's rows as they come, a thousand at a time, whatever their number.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class Streaming {
  private static final int ROWS_AT_ONCE = 1_000;

  private Streaming() {}

  /**
   * Hands an open cursor to work that reads it. PostgreSQL's driver would read all rows at once
   * outside a transaction, so that there is always one.
   */
  public static <R extends Record, T> T read(
      DSLContext ctx, ResultQuery<R> query, String doing, Function<Cursor<R>, T> work) {
    return OneConnection.inTransaction(
        ctx,
        doing,
        (one, connection) -> {
          try (Cursor<R> cursor = cursor(one, query)) {
            return work.apply(cursor);
          }
        });
  }

  /** The query is rendered here and its rows are read by its own fields; it stays as it is. */
  private static <R extends Record> Cursor<R> cursor(DSLContext one, ResultQuery<R> query) {
    query.attach(one.configuration());
    return query.fetchSize(ROWS_AT_ONCE).fetchLazy();
  }
}
