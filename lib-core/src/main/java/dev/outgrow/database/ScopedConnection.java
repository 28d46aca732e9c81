package dev.outgrow.database;

import dev.outgrow.sql.Dialect;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction's connection: everything but what would end the transaction from inside. */
final class ScopedConnection implements InvocationHandler {
  private static final Set<String> REFUSED = Set.of("commit", "setAutoCommit", "close", "abort");
  private static final String INVALID_TRANSACTION_TERMINATION = "2D000";

  private final RunningTransaction tx;
  private final boolean guarded;
  private int savepoints;

  private ScopedConnection(RunningTransaction tx, boolean guarded) {
    this.tx = tx;
    this.guarded = guarded;
  }

  /**
   * Makes the connection of a transaction.
   *
   * @param tx the transaction
   * @param guarded whether its statements ask the transaction before each call, too
   */
  static Connection of(RunningTransaction tx, boolean guarded) {
    return (Connection)
        Proxy.newProxyInstance(
            ScopedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new ScopedConnection(tx, guarded));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "connection of a transaction" + (tx.isOver() ? " that is over" : "");
      case "isClosed" -> tx.isOver() || tx.target().isClosed();
      // On SQLite the driver does not know of the transaction.
      case "getAutoCommit" -> tx.isOver();
      default -> callInTransaction((Connection) proxy, method, arguments);
    };
  }

  private @Nullable Object callInTransaction(
      Connection proxy, Method method, Object @Nullable [] arguments) throws Throwable {
    tx.requireUsable();
    requireHarmless(method);
    return switch (method.getName()) {
      case "setSavepoint" -> setSavepoint(arguments);
      case "rollback" -> to("ROLLBACK TO SAVEPOINT ", arguments);
      case "releaseSavepoint" -> to("RELEASE SAVEPOINT ", arguments);
      default -> guard(proxy, call(tx.target(), method, arguments));
    };
  }

  private @Nullable Object guard(Connection proxy, @Nullable Object result) {
    return guarded && result instanceof Statement statement
        ? GuardedStatement.of(tx, proxy, statement)
        : result;
  }

  /** The driver of SQLite would think it had begun a transaction of its own. */
  private Savepoint setSavepoint(Object @Nullable [] arguments) throws SQLException {
    Object name = arguments == null || arguments.length == 0 ? null : arguments[0];
    Mark mark = new Mark(++savepoints, name == null ? null : name.toString());
    Boundary.execute(tx.target(), "SAVEPOINT " + mark.quoted());
    return mark;
  }

  private @Nullable Object to(String sql, Object @Nullable [] arguments) throws SQLException {
    if (arguments == null || !(arguments[0] instanceof Mark mark)) {
      throw new SQLException("The savepoint is not of this transaction", "3B001");
    }
    Boundary.execute(tx.target(), sql + mark.quoted());
    return null;
  }

  static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  private static void requireHarmless(Method method) throws SQLException {
    boolean wholeRollback = method.getName().equals("rollback") && method.getParameterCount() == 0;
    if (wholeRollback || REFUSED.contains(method.getName())) {
      throw new SQLException(
          "Within a transaction "
              + method.getName()
              + " is refused: returning commits, throwing rolls back",
          INVALID_TRANSACTION_TERMINATION);
    }
  }

  /** A savepoint, with a name or without one. */
  private record Mark(int number, @Nullable String name) implements Savepoint {
    String quoted() {
      return Dialect.SQLITE.quote(name == null ? "outgrow_mark_" + number : name);
    }

    @Override
    public int getSavepointId() throws SQLException {
      if (name != null) {
        throw new SQLException("The savepoint has a name and no number", "3B001");
      }
      return number;
    }

    @Override
    public String getSavepointName() throws SQLException {
      if (name == null) {
        throw new SQLException("The savepoint has a number and no name", "3B001");
      }
      return name;
    }
  }
}
