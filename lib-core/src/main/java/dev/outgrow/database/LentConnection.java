package dev.outgrow.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Somebody else's connection, whose settings are put back as they were before it is closed. */
final class LentConnection implements InvocationHandler {
  private final Connection target;
  private final SessionUse.Restoring restoring;
  private final Runnable givenBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean broken;

  private LentConnection(Connection target, SessionUse.Restoring restoring, Runnable givenBack) {
    this.target = target;
    this.restoring = restoring;
    this.givenBack = givenBack;
  }

  static Connection of(Connection target, SessionUse.Restoring restoring, Runnable givenBack) {
    return (Connection)
        Proxy.newProxyInstance(
            LentConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new LentConnection(target, restoring, givenBack));
  }

  /** Returns the connection that its owner knows, and puts nothing back on it any more. */
  static Connection giveUp(Connection lent) {
    if (Proxy.isProxyClass(lent.getClass())
        && Proxy.getInvocationHandler(lent) instanceof LentConnection handler) {
      handler.broken = true;
      return handler.target;
    }
    throw new IllegalArgumentException("Not lent here: " + lent);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "connection that was lent";
      case "isClosed" -> closed.get() || target.isClosed();
      case "close" -> {
        giveBack();
        yield null;
      }
      default -> call(method, arguments);
    };
  }

  private void giveBack() throws SQLException {
    if (closed.getAndSet(true)) {
      return;
    }
    try (target) {
      if (!broken && !target.isClosed()) {
        restoring.restore(target);
      }
    } finally {
      givenBack.run();
    }
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    if (closed.get()) {
      throw new SQLException("The connection was given back", "08003");
    }
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }
}
