package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Compares tables of a source with tables of a PostgreSQL schema, every row of both.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class Verifier {
  private static final String CANCELLED = "57014";

  /** Reading so many rows back takes less than asking for another connection. */
  private static final long FEW = 1_000;

  private static final int PROGRESS_ROWS = 10_000;

  private final Connection target;
  private final String schema;
  private final SpareConnections spare;

  /** Makes a verifier that reads a schema through a connection, which stays the caller's. */
  public Verifier(Connection target, String schema) {
    this(target, schema, SpareConnections.NONE);
  }

  /** Makes a verifier that reads large tables of a schema through further connections as well. */
  public Verifier(Connection target, String schema, SpareConnections spare) {
    this.target = target;
    this.schema = schema;
    this.spare = spare;
  }

  /** Returns the digest of the rows a cursor walks over, and closes it. */
  public static TableDigest digest(TableMapping table, RowCursor cursor) {
    try (cursor) {
      SourceDigester digester = new SourceDigester(table, cursor.row());
      while (cursor.next()) {
        digester.add();
      }
      return digester.digest();
    }
  }

  /**
   * Condenses rows that the server sends, each of which is in memory as a whole meanwhile.
   *
   * @param table the table, with the columns that are sent
   * @param sent a binary COPY of its rows
   * @throws SQLException if it does not come to its end
   */
  public static Checksum checksum(TableMapping table, CopyMessages sent) throws SQLException {
    RowDigester digester = new RowDigester(table);
    TableDigest digest = new TableDigest();
    small(
        table,
        sent,
        row -> {
          digester.digest(row);
          digester.addTo(digest);
        });
    return digest.checksum();
  }

  /** Returns the statement that reads the rows of a table back. */
  public static String readBackSql(TableMapping table, String schema) {
    return select(table, relation(table, schema));
  }

  /**
   * Returns the statement that reads the rows of something else that has a table's columns.
   *
   * @param relation what stands behind FROM, without a name of its own
   */
  public static String readBackSqlFrom(TableMapping table, String relation) {
    return select(table, relation + " AS o");
  }

  private static String select(TableMapping table, String from) {
    List<String> columns = table.columns().stream().map(ColumnMapping::target).toList();
    return "COPY (SELECT "
        + Dialect.POSTGRESQL.quoteAll(columns)
        + " FROM "
        + from
        + ") TO STDOUT (FORMAT binary)";
  }

  private static String relation(TableMapping table, String schema) {
    return Dialect.POSTGRESQL.quote(Identifier.of(schema, table.target()));
  }

  /**
   * Reads a table back and compares it. Looks as well whether its constraints are validated, its
   * indexes valid, and its sequences ahead of what they number.
   *
   * @param table the table
   * @param source the digest of the source's rows
   * @param rows walks over the source's rows once more, if they differ
   * @param progress is told every few thousand rows how many were read back; what it throws ends
   *     the reading
   * @throws SQLException if the table cannot be read back
   */
  public TableVerdict verify(
      TableMapping table, TableDigest source, Supplier<RowCursor> rows, LongConsumer progress)
      throws SQLException {
    String relation = relation(table, schema);
    TableDigest readBack =
        source.holdsLarge()
            ? digest(table, relation, true, progress)
            : new SharedReadBack(target, source.rows() < FEW ? SpareConnections.NONE : spare)
                .digest(
                    relation,
                    (c, pages, n) -> part(c, table, relation + " AS o" + pages, n),
                    progress);
    return verdict(table, relation, source, readBack, rows)
        .with(new ObjectVerifier(target, schema).differences(table));
  }

  /**
   * Reads something else back that has the table's columns, and compares its rows alone.
   *
   * @param relation what stands behind FROM, without a name of its own
   */
  public TableVerdict verify(
      TableMapping table,
      String relation,
      TableDigest source,
      Supplier<RowCursor> rows,
      LongConsumer progress)
      throws SQLException {
    TableDigest readBack = digest(table, relation, source.holdsLarge(), progress);
    return verdict(table, relation, source, readBack, rows);
  }

  private TableVerdict verdict(
      TableMapping table,
      String relation,
      TableDigest source,
      TableDigest readBack,
      Supplier<RowCursor> rows)
      throws SQLException {
    List<Integer> buckets = source.differences(readBack);
    List<Difference> differences =
        buckets.isEmpty() ? List.of() : find(table, relation, source, buckets, rows);
    return new TableVerdict(table.source(), source.checksum(), readBack.checksum(), differences);
  }

  /**
   * Compares the rows of two things in PostgreSQL that have a table's columns.
   *
   * @param table the table
   * @param expected what stands behind FROM, without a name of its own
   * @param found the same of what has to hold the same rows
   * @param source the digest of the source's rows, which knows whether any of them is large
   */
  public TableVerdict compare(
      TableMapping table, String expected, String found, TableDigest source, LongConsumer progress)
      throws SQLException {
    boolean large = source.holdsLarge();
    TableDigest staged = digest(table, expected, large, rows -> {});
    TableDigest readBack = digest(table, found, large, progress);
    List<Integer> buckets = staged.differences(readBack);
    DifferenceFinder finder = new DifferenceFinder(table, buckets);
    if (!buckets.isEmpty()) {
      readBack(table, expected, large, finder::source);
      readBack(table, found, large, finder::target);
    }
    if (finder.wantsValues()) {
      readBack(table, expected, large, finder::values);
    }
    return new TableVerdict(
        table.source(), staged.checksum(), readBack.checksum(), finder.differences());
  }

  /**
   * Condenses the rows of something that has a table's columns, each of which is in memory as a
   * whole meanwhile.
   *
   * @param relation what stands behind FROM, without a name of its own
   * @param progress is told every few thousand rows how many were read; what it throws ends the
   *     reading
   * @throws SQLException if it cannot be read
   */
  public Checksum checksum(TableMapping table, String relation, LongConsumer progress)
      throws SQLException {
    return checksum(table, relation, false, progress);
  }

  /**
   * Condenses the rows of something that has a table's columns.
   *
   * @param relation what stands behind FROM, without a name of its own
   * @param large whether there are rows that are too large to be in memory as a whole
   * @param progress is told every few thousand rows how many were read; what it throws ends the
   *     reading
   * @throws SQLException if it cannot be read
   */
  public Checksum checksum(
      TableMapping table, String relation, boolean large, LongConsumer progress)
      throws SQLException {
    return digest(table, relation, large, progress).checksum();
  }

  /**
   * Condenses the rows of a view.
   *
   * @throws SQLException if it cannot be read back
   */
  public Checksum answer(TableMapping view) throws SQLException {
    return digest(view, relation(view, schema), false, rows -> {}).checksum();
  }

  private TableDigest digest(
      TableMapping table, String relation, boolean large, LongConsumer progress)
      throws SQLException {
    RowDigester digester = new RowDigester(table);
    TableDigest digest = new TableDigest();
    readBack(
        table,
        relation,
        large,
        row -> {
          digester.digest(row);
          digester.addTo(digest);
          if (digest.rows() % PROGRESS_ROWS == 0) {
            progress.accept(digest.rows());
          }
        });
    return digest;
  }

  /** Digests a part of a table; tells how many rows more it has read, every few thousand. */
  private static TableDigest part(
      Connection connection, TableMapping table, String from, LongConsumer counted)
      throws SQLException {
    RowDigester digester = new RowDigester(table);
    TableDigest digest = new TableDigest();
    new Verifier(connection, "")
        .copy(
            table,
            select(table, from),
            false,
            row -> {
              digester.digest(row);
              digester.addTo(digest);
              if (digest.rows() % PROGRESS_ROWS == 0) {
                counted.accept(PROGRESS_ROWS);
              }
            });
    return digest;
  }

  private List<Difference> find(
      TableMapping table,
      String relation,
      TableDigest source,
      List<Integer> buckets,
      Supplier<RowCursor> rows)
      throws SQLException {
    DifferenceFinder finder = new DifferenceFinder(table, buckets);
    walk(table, rows, () -> true, finder::source);
    readBack(table, relation, source.holdsLarge(), finder::target);
    walk(table, rows, finder::wantsValues, finder::values);
    return finder.differences();
  }

  private static void walk(
      TableMapping table,
      Supplier<RowCursor> rows,
      BooleanSupplier goesOn,
      Consumer<Row> consumer) {
    if (goesOn.getAsBoolean()) {
      try (RowCursor cursor = rows.get()) {
        SourceRowView row = new SourceRowView(table, cursor.row());
        while (goesOn.getAsBoolean() && cursor.next()) {
          consumer.accept(row);
        }
      }
    }
  }

  private void readBack(TableMapping table, String relation, boolean large, Consumer<Row> consumer)
      throws SQLException {
    if (!large) {
      copy(table, readBackSqlFrom(table, relation), false, consumer);
      return;
    }
    // Workers in parallel would mix the pieces up, and a cache of rows would keep them all.
    run("SET max_parallel_workers_per_gather = 0", "SET enable_memoize = off");
    copy(table, LargeReadBack.sql(table, relation), true, consumer);
    run("RESET max_parallel_workers_per_gather", "RESET enable_memoize");
  }

  private void copy(TableMapping table, String sql, boolean large, Consumer<Row> consumer)
      throws SQLException {
    CopyOut copy = target.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    try {
      if (large) {
        large(table, copy, consumer);
      } else {
        small(table, copy::readFromCopy, consumer);
      }
    } catch (SQLException | RuntimeException e) {
      end(copy, e);
      throw e;
    }
  }

  private static void small(TableMapping table, CopyMessages copy, Consumer<Row> consumer)
      throws SQLException {
    CopyReader reader = new CopyReader(copy, table.columns().size());
    TargetRow row = new TargetRow(table, reader, null);
    while (reader.next()) {
      consumer.accept(row);
    }
  }

  private static void large(TableMapping table, CopyOut copy, Consumer<Row> consumer)
      throws SQLException {
    int columns = table.columns().size();
    CopyReader reader = new CopyReader(copy, columns + LargeReadBack.EXTRA_COLUMNS);
    PieceReader pieces = new PieceReader(reader, columns);
    TargetRow row = new TargetRow(table, reader, pieces);
    while (pieces.next()) {
      consumer.accept(row);
    }
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = target.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Ends a COPY in the middle. Not by the driver's {@code cancelCopy}, which leaves what the server
   * has sent already on the connection, where the next statement takes it for its own answer
   * (pgjdbc 42.7): the rest is read, up to the server's word that it was cancelled.
   */
  private void end(CopyOut copy, Exception reason) {
    try {
      if (copy.isActive()) {
        target.unwrap(PGConnection.class).cancelQuery();
        byte[] message = copy.readFromCopy();
        while (message != null) {
          message = copy.readFromCopy();
        }
      }
    } catch (SQLException e) {
      if (!CANCELLED.equals(e.getSQLState())) {
        reason.addSuppressed(e);
      }
    }
  }
}
