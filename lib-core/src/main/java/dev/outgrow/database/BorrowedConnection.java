package dev.outgrow.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * A connection that somebody has borrowed from a {@link Database} and not given back, and where
 * that was. Known where {@link DatabaseConfig.Builder#rememberBorrowers} is set.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class BorrowedConnection {
  private static final Set<String> LENDING =
      Stream.of(
              BorrowedConnection.class,
              Remembering.class,
              Database.class,
              ConnectorDataSource.class,
              Transactions.class,
              TransactionRunner.class,
              Retrying.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final Connection connection;
  private final Thread borrower;
  private final List<StackTraceElement> stack;
  private final OptionalInt session;

  private BorrowedConnection(
      Connection connection, StackTraceElement[] stack, OptionalInt session) {
    this.connection = connection;
    this.borrower = Thread.currentThread();
    this.stack =
        Arrays.stream(stack).dropWhile(frame -> LENDING.contains(frame.getClassName())).toList();
    this.session = session;
  }

  /** Describes what this thread borrows just now. */
  static BorrowedConnection now(Connection connection) throws SQLException {
    OptionalInt session =
        connection.isWrapperFor(PGConnection.class)
            ? OptionalInt.of(connection.unwrap(PGConnection.class).getBackendPID())
            : OptionalInt.empty();
    return new BorrowedConnection(connection, new Throwable().getStackTrace(), session);
  }

  /** Returns the thread that borrowed it. */
  public Thread borrower() {
    return borrower;
  }

  /** Returns where it was borrowed, beginning with whoever called this library. */
  public List<StackTraceElement> stack() {
    return stack;
  }

  /** Returns the process number of its session on the server; empty on SQLite. */
  public OptionalInt session() {
    return session;
  }

  /**
   * Returns whether it is this connection, as {@link Database#connection} or a data source gave it.
   */
  public boolean is(Connection other) {
    return connection.equals(other);
  }

  /**
   * Gives it back in the place of whoever has it, with what it left undone rolled back. One that
   * was given back already stays so.
   *
   * @throws dev.outgrow.error.OutgrowException if it cannot be given back
   */
  public void giveBack() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Giving a connection back");
    }
  }

  /** Returns the thread and where it was borrowed. */
  @Override
  public String toString() {
    return "borrowed by " + borrower.getName() + (stack.isEmpty() ? "" : " at " + stack.get(0));
  }
}
