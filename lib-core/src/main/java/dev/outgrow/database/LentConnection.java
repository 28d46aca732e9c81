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
  private final SessionUse.Restoring ending;
  private final Runnable givenBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean broken;

  private LentConnection(Connection target, SessionUse.Restoring ending, Runnable givenBack) {
    this.target = target;
    this.ending = ending;
    this.givenBack = givenBack;
  }

  static Connection of(Connection target, SessionUse.Restoring restoring, Runnable givenBack) {
    return proxy(new LentConnection(target, lent -> restore(lent, restoring), givenBack));
  }

  /** One that does not go back as it was: what ends it is all that is done when it is closed. */
  static Connection of(Connection target, SessionUse.Restoring ending) {
    return proxy(new LentConnection(target, ending, () -> {}));
  }

  private static Connection proxy(LentConnection handler) {
    return (Connection)
        Proxy.newProxyInstance(
            LentConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  private static void restore(Connection lent, SessionUse.Restoring restoring) throws SQLException {
    try (lent) {
      if (!lent.isClosed()) {
        restoring.restore(lent);
      }
    }
  }

  /** Returns the connection that its owner knows, and does nothing to it any more. */
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
    try {
      if (!broken) {
        ending.restore(target);
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
