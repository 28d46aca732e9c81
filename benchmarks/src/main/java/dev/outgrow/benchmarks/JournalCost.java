package dev.outgrow.benchmarks;

import dev.outgrow.database.Database;
import dev.outgrow.importer.SqliteImport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * What the journal of an import costs, within one import: the statements that name its tables are
 * counted at the driver, and those that are sent alone are timed, with their way there and back.
 * Others are sent behind the statements of a step, as one, and are only counted: they have no way
 * of their own.
 */
final class JournalCost {
  private static final String JOURNAL = "outgrow.import_journal";

  private final DataSource source;
  private int alone;
  private int behind;
  private long journalNanos;

  private JournalCost(DataSource source) {
    this.source = source;
  }

  /**
   * What was measured.
   *
   * @param alone how many statements wrote to the journal or read it
   * @param behind how many steps, or several sent as one, had such a statement behind their own
   * @param journalMillis how long the former took
   * @param importMillis how long the import took, with them
   */
  record Result(int alone, int behind, double journalMillis, double importMillis) {
    double share() {
      return journalMillis / importMillis;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "journal: %d statements, %.1f ms of %.0f ms, %.1f %%; %d more behind those of steps",
          alone,
          journalMillis,
          importMillis,
          share() * 100,
          behind);
    }
  }

  /** Imports a file into an empty schema. */
  static Result of(Path file, DataSource source, String schema) {
    JournalCost cost = new JournalCost(source);
    try (Database database = Database.on(cost.watched())) {
      long start = System.nanoTime();
      boolean verified = SqliteImport.from(file).into(database).schema(schema).run().verified();
      double millis = (System.nanoTime() - start) / 1e6;
      if (!verified) {
        throw new IllegalStateException("Not verified");
      }
      return new Result(cost.alone, cost.behind, cost.journalNanos / 1e6, millis);
    }
  }

  private DataSource watched() {
    return watched(
        DataSource.class,
        (method, arguments) -> {
          Object result = method.invoke(source, arguments);
          return result instanceof Connection connection ? watched(connection) : result;
        });
  }

  private Connection watched(Connection connection) {
    return watched(
        Connection.class,
        (method, arguments) -> {
          Object result = method.invoke(connection, arguments);
          boolean prepares = method.getName().equals("prepareStatement");
          return result instanceof Statement statement
              ? watched(statement, method.getReturnType(), prepares ? (String) arguments[0] : "")
              : result;
        });
  }

  private Object watched(Statement statement, Class<?> type, String prepared) {
    return watched(
        type,
        (method, arguments) -> {
          boolean said =
              arguments != null && arguments.length > 0 && arguments[0] instanceof String;
          String sql = said ? (String) arguments[0] : prepared;
          long start = System.nanoTime();
          Object result = method.invoke(statement, arguments);
          if (method.getName().startsWith("execute") && sql.contains(JOURNAL)) {
            count(sql, System.nanoTime() - start);
          }
          return result;
        });
  }

  private void count(String sql, long nanos) {
    if (sql.indexOf(';') < 0) {
      alone++;
      journalNanos += nanos;
    } else {
      behind++;
    }
  }

  /** What is done instead of a call. */
  private interface Call {
    Object of(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T watched(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            JournalCost.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return call.of(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
