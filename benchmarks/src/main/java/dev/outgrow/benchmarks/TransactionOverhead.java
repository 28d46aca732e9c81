package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.database.Transaction;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import javax.sql.DataSource;

/**
 * What {@code db.transaction} costs over the same transaction in plain JDBC, on the same pool: one
 * row is read by its key and the transaction committed. Both go to the server equally often, so
 * that what is compared is this library alone.
 *
 * <p>The two take turns in short blocks, whose order changes, and the median of the ratios of
 * neighbours counts: what else the machine does meets both. Each block adds up what it read.
 */
public final class TransactionOverhead {
  private static final int ROWS = 1000;
  private static final String SELECT = "SELECT n FROM one WHERE id = ?";

  private final Database database;
  private final DataSource pool;

  /** Measures on a database in which it makes a table. */
  TransactionOverhead(Database database) {
    this.database = database;
    this.pool = database.dataSource();
    database.inTransaction(
        tx -> {
          try (Statement statement = tx.connection().createStatement()) {
            statement.execute("CREATE TABLE one (id integer PRIMARY KEY, n integer NOT NULL)");
            statement.execute(
                "INSERT INTO one SELECT g, 3 * g FROM generate_series(0, " + (ROWS - 1) + ") g");
          }
        });
  }

  /**
   * What was measured.
   *
   * @param ratio the time of {@code db.transaction} by that of plain JDBC: the median of all pairs
   * @param plainMicros the median time of one plain transaction
   */
  record Result(double ratio, double plainMicros) {}

  /** Measures on an embedded PostgreSQL and prints the result. */
  public static void main(String[] arguments) {
    try (ScratchServer server = ScratchServer.start();
        Database database = Database.open(server.url())) {
      TransactionOverhead overhead = new TransactionOverhead(database);
      overhead.measure(40, 250);
      print(overhead.measure(200, 250), System.out);
    }
  }

  static void print(Result result, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "plain JDBC %.1f µs, db.transaction %+.1f %%%n",
        result.plainMicros(),
        100 * (result.ratio() - 1));
  }

  /**
   * Measures.
   *
   * @param pairs how many pairs of blocks
   * @param size how many transactions a block has
   */
  Result measure(int pairs, int size) {
    double[] ratios = new double[pairs];
    double[] plain = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      boolean plainFirst = i % 2 == 0;
      double before = plainFirst ? 0 : nanos(this::transaction, size);
      plain[i] = nanos(this::plain, size);
      double own = plainFirst ? nanos(this::transaction, size) : before;
      ratios[i] = own / plain[i];
    }
    return new Result(median(ratios), median(plain) / size / 1000);
  }

  private static double nanos(IntUnaryOperator read, int size) {
    long start = System.nanoTime();
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += read.applyAsInt(i % ROWS);
    }
    long nanos = System.nanoTime() - start;
    long expected = 0;
    for (int i = 0; i < size; i++) {
      expected += 3L * (i % ROWS);
    }
    if (sum != expected) {
      throw new IllegalStateException("Read " + sum + " instead of " + expected);
    }
    return nanos;
  }

  private int plain(int id) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int n = select(connection, id);
        connection.commit();
        return n;
      } catch (SQLException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private int transaction(int id) {
    return database.<Integer>transaction((Transaction tx) -> select(tx.connection(), id));
  }

  private static int select(Connection connection, int id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setInt(1, id);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
