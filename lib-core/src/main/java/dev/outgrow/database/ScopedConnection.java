package dev.outgrow.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction's connection: everything but what would end the transaction from inside. */
final class ScopedConnection implements InvocationHandler, Transaction {
  private static final Set<String> REFUSED = Set.of("commit", "setAutoCommit", "close", "abort");
  private static final String INVALID_TRANSACTION_TERMINATION = "2D000";
  private static final String INVALID_TRANSACTION_STATE = "25000";

  private final Connection target;
  private final Connection facade;
  private volatile boolean over;

  ScopedConnection(Connection target) {
    this.target = target;
    this.facade =
        (Connection)
            Proxy.newProxyInstance(
                ScopedConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
  }

  @Override
  public Connection connection() {
    return facade;
  }

  /** Lets go of the connection, which now goes back to its pool. */
  void end() {
    over = true;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "connection of a transaction" + (over ? " that is over" : "");
      case "isClosed" -> over || target.isClosed();
      // On SQLite the driver does not know of the transaction.
      case "getAutoCommit" -> over;
      default -> callInTransaction(method, arguments);
    };
  }

  private @Nullable Object callInTransaction(Method method, Object @Nullable [] arguments)
      throws Throwable {
    requireRunning();
    requireHarmless(method);
    return call(method, arguments);
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  private void requireRunning() throws SQLException {
    if (over) {
      throw new SQLException(
          "The transaction is over; its connection belongs to the pool again",
          INVALID_TRANSACTION_STATE);
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
}
