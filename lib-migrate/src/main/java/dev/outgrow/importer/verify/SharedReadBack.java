package dev.outgrow.importer.verify;

import dev.outgrow.error.CancelledException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Reads one table back over several connections, each the rows of some of its pages. Together these
 * are all pages that there can be. Used once.
 */
final class SharedReadBack {
  private static final long PAGE = 8192; // where pages are larger, the last part is

  private static final long PATIENCE_MILLIS = 1_000;

  private final Connection first;
  private final SpareConnections spare;
  private final AtomicLong rows = new AtomicLong();

  /** Digests the rows that a condition on {@code o} selects. */
  @FunctionalInterface
  interface Part {
    TableDigest digest(Connection connection, String condition, LongConsumer counted)
        throws SQLException;
  }

  SharedReadBack(Connection first, SpareConnections spare) {
    this.first = first;
    this.spare = spare;
  }

  /**
   * Digests a table.
   *
   * @param relation its quoted name
   * @param part digests a part of it, on any thread
   * @param progress is told, on this thread, how many rows were read back
   */
  TableDigest digest(String relation, Part part, LongConsumer progress) throws SQLException {
    long bytes = bytes(relation);
    List<Connection> others = spare.forTable(bytes);
    long each = bytes / PAGE / (others.size() + 1) + 1;
    List<FutureTask<TableDigest>> tasks = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      Connection other = others.get(i);
      String condition = pages(each * (i + 1), i + 1 == others.size() ? -1 : each * (i + 2));
      tasks.add(new FutureTask<>(() -> part.digest(other, condition, n -> count(n))));
    }
    List<Thread> threads = tasks.stream().map(SharedReadBack::start).toList();
    boolean done = false;
    try {
      String mine = others.isEmpty() ? "" : pages(0, each);
      TableDigest all = part.digest(first, mine, n -> progress.accept(count(n)));
      for (FutureTask<TableDigest> task : tasks) {
        all.add(result(task));
      }
      done = true;
      return all;
    } finally {
      join(threads, done);
    }
  }

  private long count(long more) {
    return rows.addAndGet(more);
  }

  private long bytes(String relation) throws SQLException {
    String sql = "SELECT pg_catalog.pg_relation_size(?::pg_catalog.regclass)";
    try (PreparedStatement statement = first.prepareStatement(sql)) {
      statement.setString(1, relation);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Selects the rows from one page on, and up to another one if that is not below 0. */
  private static String pages(long from, long to) {
    String condition = " WHERE o.ctid >= '(" + from + ",0)'::pg_catalog.tid";
    return to < 0 ? condition : condition + " AND o.ctid < '(" + to + ",0)'::pg_catalog.tid";
  }

  private static Thread start(FutureTask<TableDigest> task) {
    Thread thread = new Thread(task, "outgrow-verify");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static TableDigest result(FutureTask<TableDigest> task) throws SQLException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("Reading rows back was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException("Reading rows back failed", e.getCause());
    }
  }

  /**
   * Nobody may use the connections for something else before all have ended. Where they are not to
   * go on, the server is told so again and again: one may have begun after it was told.
   */
  private void join(List<Thread> threads, boolean done) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        if (!done) {
          spare.wake();
        }
        try {
          thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
