package dev.outgrow.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement, or its result, that asks its transaction before each call into the database whether
 * it goes on, and lets it count the time the call takes.
 */
final class GuardedStatement implements InvocationHandler {
  private final RunningTransaction tx;
  private final Object parent;
  private final Object target;

  private GuardedStatement(RunningTransaction tx, Object parent, Object target) {
    this.tx = tx;
    this.parent = parent;
    this.target = target;
  }

  static Statement of(RunningTransaction tx, Connection connection, Statement statement) {
    Class<?> type =
        statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    return (Statement) proxy(type, new GuardedStatement(tx, connection, statement));
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        GuardedStatement.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.startsWith("execute") || name.equals("next")) {
      return guard(proxy, timed(method, arguments));
    }
    return switch (name) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "getConnection", "getStatement" -> parent;
      case "getResultSet", "getGeneratedKeys" ->
          guard(proxy, ScopedConnection.call(target, method, arguments));
      default -> ScopedConnection.call(target, method, arguments);
    };
  }

  private @Nullable Object timed(Method method, Object @Nullable [] arguments) throws Throwable {
    tx.requireUsable();
    tx.statementBegins();
    try {
      return ScopedConnection.call(target, method, arguments);
    } finally {
      tx.statementEnds();
    }
  }

  /** Only where rows are timed, too: SQLite looks for a row when it is asked for. */
  private @Nullable Object guard(Object proxy, @Nullable Object result) {
    return result instanceof ResultSet rows && tx.options().statementTimeout().isPresent()
        ? proxy(ResultSet.class, new GuardedStatement(tx, proxy, rows))
        : result;
  }
}
