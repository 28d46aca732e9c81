package dev.outgrow.database;

import dev.outgrow.error.ConfigurationException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;

/** Finds out what database a data source leads to, and lends its connections. */
final class HandedInOpening {
  private static final String OPTION = "The DataSource that was handed in";

  private HandedInOpening() {}

  static Database open(DataSource source) {
    try (Connection connection = source.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      if (product.equals(Backend.POSTGRESQL.title())) {
        return postgres(source, connection);
      }
      if (product.equals(Backend.SQLITE.title())) {
        return sqlite(source, connection);
      }
      throw new ConfigurationException(OPTION, product, "one of PostgreSQL or of a SQLite file");
    } catch (SQLException failure) {
      throw new HandedIn(source, SessionUse.POSTGRESQL, null).refused(failure);
    }
  }

  private static Database postgres(DataSource source, Connection connection) throws SQLException {
    if (!connection.isWrapperFor(BaseConnection.class)) {
      throw new ConfigurationException(
          OPTION,
          connection.getMetaData().getDriverName(),
          "one whose connections unwrap to those of the PostgreSQL JDBC driver");
    }
    String version = ask(connection, "SHOW server_version");
    DatabaseUrl url =
        new DatabaseUrl(
            hosts(connection),
            ask(connection, "SELECT current_database()"),
            ask(connection, "SELECT session_user"),
            null,
            Map.of());
    HandedIn lender = new HandedIn(source, SessionUse.POSTGRESQL, null);
    return new Database(
        DatabaseChoice.handedIn(url),
        version,
        atMost -> prove(lender, "SHOW server_version"),
        lender,
        lender,
        Transactions.postgres(lender, null));
  }

  private static Database sqlite(DataSource source, Connection connection) throws SQLException {
    String file = ask(connection, "SELECT file FROM pragma_database_list WHERE name = 'main'");
    if (file.isEmpty()) {
      throw new ConfigurationException(OPTION, "a SQLite database in memory", "one of a file");
    }
    HandedIn writer = new HandedIn(source, SessionUse.SQLITE_WRITE, new Semaphore(1, true));
    HandedIn readers = new HandedIn(source, SessionUse.SQLITE_READ, null);
    return new Database(
        DatabaseChoice.handedIn(DatabaseUrl.sqlite(Path.of(file))),
        ask(connection, "SELECT sqlite_version()"),
        atMost -> prove(readers, "SELECT sqlite_version()"),
        writer,
        readers,
        Transactions.sqlite(writer, readers, HandedIn.TURN_TIMEOUT));
  }

  /** The driver's URL may hold a password; only the hosts are taken from it. */
  private static List<DatabaseUrl.Host> hosts(Connection connection) throws SQLException {
    try {
      return DatabaseUrl.parse(connection.getMetaData().getURL()).hosts();
    } catch (ConfigurationException ofAnotherForm) {
      return List.of();
    }
  }

  private static String prove(HandedIn lender, String question) {
    try (Connection connection = lender.borrow()) {
      return ask(connection, question);
    } catch (SQLException failure) {
      throw lender.refused(failure);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
