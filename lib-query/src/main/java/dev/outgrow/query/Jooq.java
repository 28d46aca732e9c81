package dev.outgrow.query;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.Transaction;
import dev.outgrow.error.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jooq.Configuration;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/**
 * Puts jOOQ on a {@link Database}: the front door of the query helpers, which all take and give
 * ordinary jOOQ.
 *
 * <pre>{@code
 * List<String> names = db.read(tx -> Jooq.on(tx).select(USERS.NAME).from(USERS).fetch(USERS.NAME));
 * }</pre>
 *
 * <p>The dialect is that of the backend. What the database refuses is thrown as this library's
 * exceptions, {@link dev.outgrow.error.StatementException} and its siblings, the same on both
 * backends, and not as jOOQ's {@code DataAccessException}. jOOQ's own {@code transaction} is
 * refused: {@link Database#transaction} begins and ends transactions. jOOQ's logo and tips are
 * turned off unless the system properties {@code org.jooq.no-logo} and {@code org.jooq.no-tips} are
 * set.
 *
 * <p>On SQLite the connection is given the functions that the helpers need there and that SQLite
 * lacks; their names begin with {@code outgrow_}.
 *
 * <p><em>Thread-safe.</em> A context on a transaction is for the transaction's thread.
 *
 * @since 0.1
 */
public final class Jooq {
  static {
    // Read by jOOQ when it first renders a statement.
    quieten("org.jooq.no-logo");
    quieten("org.jooq.no-tips");
  }

  private Jooq() {}

  private static void quieten(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
    }
  }

  /** Returns jOOQ on a transaction that is running; of use until the transaction is over. */
  public static DSLContext on(Transaction tx) {
    return on(tx.connection());
  }

  /**
   * Returns jOOQ on a connection, which is neither closed nor committed.
   *
   * @throws ConfigurationException if it is a connection to neither PostgreSQL nor SQLite
   */
  public static DSLContext on(Connection connection) {
    try {
      Backend backend = backend(connection);
      Connection ready = prepare(connection, backend);
      return DSL.using(configuration(backend).set(ready));
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, "Putting jOOQ on a connection");
    }
  }

  /**
   * Returns jOOQ on a database: each statement borrows a connection of {@link
   * Database#connection()}, commits by itself and gives the connection back, also when it fails. A
   * {@code Cursor} or {@code Stream} keeps it until it is closed. On SQLite that is the one
   * connection that writes; {@link Database#read} reads beside it.
   */
  public static DSLContext on(Database database) {
    return DSL.using(configuration(database.backend()).set(new Borrowing(database)));
  }

  private static Configuration configuration(Backend backend) {
    return new DefaultConfiguration()
        .set(dialect(backend))
        .set(new FailureTranslation(backend))
        .set(new NoTransactions());
  }

  private static SQLDialect dialect(Backend backend) {
    return backend == Backend.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES;
  }

  private static Backend backend(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> Backend.POSTGRESQL;
      case "sqlite" -> Backend.SQLITE;
      default -> throw new ConfigurationException("The database", product, "PostgreSQL and SQLite");
    };
  }

  private static Connection prepare(Connection connection, Backend backend) throws SQLException {
    if (backend == Backend.SQLITE) {
      SqliteFunctions.register(connection);
    }
    return connection;
  }

  private record Borrowing(Database database) implements ConnectionProvider {
    @Override
    public Connection acquire() {
      Connection connection = database.connection();
      try {
        return prepare(connection, database.backend());
      } catch (SQLException failure) {
        release(connection);
        throw SqlFailures.translate(failure, "Putting jOOQ on a connection");
      }
    }

    @Override
    public void release(Connection connection) {
      try {
        connection.close();
      } catch (SQLException failure) {
        throw SqlFailures.translate(failure, "Giving a connection back");
      }
    }
  }
}
