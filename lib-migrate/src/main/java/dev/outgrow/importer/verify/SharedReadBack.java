package dev.outgrow.importer.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Reads one table back over several connections, each the rows of some of its pages. Together these
 * are all pages that there can be. Used once.
 */
final class SharedReadBack {
  private static final long PAGE = 8192; // where pages are larger, the last part is

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
    long bytes = spare == SpareConnections.NONE ? 0 : bytes(relation);
    List<Connection> others = spare.forTable(bytes);
    long each = bytes / PAGE / (others.size() + 1) + 1;
    List<SideBySide.Part<TableDigest>> parts = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      Connection other = others.get(i);
      String condition = pages(each * (i + 1), i + 1 == others.size() ? -1 : each * (i + 2));
      parts.add(() -> part.digest(other, condition, n -> count(n)));
    }
    String mine = others.isEmpty() ? "" : pages(0, each);
    List<TableDigest> digests =
        SideBySide.run(
            "outgrow-verify",
            () -> part.digest(first, mine, n -> progress.accept(count(n))),
            parts,
            spare::wake);
    TableDigest all = digests.get(0);
    digests.subList(1, digests.size()).forEach(all::add);
    return all;
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
}
