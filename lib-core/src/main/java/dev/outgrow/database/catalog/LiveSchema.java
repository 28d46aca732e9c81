package dev.outgrow.database.catalog;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.TransactionOptions;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.comparison.Side;
import dev.outgrow.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Reads a schema of an open database of either backend, in one transaction that only reads, so that
 * it can be compared or printed.
 *
 * <p>On PostgreSQL the schema stands alone on the {@code search_path} meanwhile: what the server
 * prints names its own objects without it and all others with theirs.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class LiveSchema {
  private static final String POSTGRES_DEFAULT = "public";
  private static final String SQLITE_ONLY = "main";
  private static final int BUSY_MILLIS = 30_000;

  private LiveSchema() {}

  /** Reads the schema {@code public} of PostgreSQL, or {@code main} of SQLite. */
  public static Side read(Database database) {
    return read(
        database, database.backend() == Backend.POSTGRESQL ? POSTGRES_DEFAULT : SQLITE_ONLY);
  }

  /**
   * Reads the schema that a table without one goes to: the connection's current schema of
   * PostgreSQL, or {@code main} of SQLite.
   *
   * @throws ConfigurationException if no schema of the {@code search_path} is there
   * @throws dev.outgrow.error.OutgrowException if it cannot be read
   */
  public static Side readCurrent(Database database) {
    return database.backend() == Backend.POSTGRESQL
        ? database.<Side>transaction(
            TransactionOptions.reading(),
            tx -> postgres(tx.connection(), currentSchema(tx.connection())))
        : read(database);
  }

  private static String currentSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.current_schema()")) {
      row.next();
      String schema = row.getString(1);
      if (schema == null) {
        throw new ConfigurationException("search_path", "", "one with a schema that is there");
      }
      return schema;
    }
  }

  /**
   * Reads a schema.
   *
   * @param schema its name, unquoted, in its own case; on SQLite {@code main}
   * @throws ConfigurationException if the database has no such schema
   * @throws dev.outgrow.error.OutgrowException if it cannot be read
   */
  public static Side read(Database database, String schema) {
    return database.backend() == Backend.POSTGRESQL
        ? database.<Side>read(tx -> postgres(tx.connection(), schema))
        : sqlite(database, schema);
  }

  /**
   * Reads the schema {@code main} of a SQLite file that is opened for it, read-only: a {@link
   * Database} would put it into WAL mode.
   *
   * @throws dev.outgrow.error.OutgrowException if there is no such file, or it cannot be read
   */
  public static Side readFile(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    try (Connection connection = JDBC.createConnection(url(file), config.toProperties())) {
      connection.setAutoCommit(false);
      return Side.sqlite(SqliteCatalog.read(connection));
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Reading the SQLite file " + file);
    }
  }

  /** As a URI, since in a plain path the driver would take a question mark for its own. */
  private static String url(Path file) {
    return JDBC.PREFIX + "file:" + file.toAbsolutePath().toUri().getRawPath();
  }

  private static Side sqlite(Database database, String schema) {
    if (!Identifier.folded(schema).equals(SQLITE_ONLY)) {
      throw new ConfigurationException("schema", schema, SQLITE_ONLY + " on SQLite");
    }
    return database.<Side>read(tx -> Side.sqlite(SqliteCatalog.read(tx.connection())));
  }

  private static Side postgres(Connection connection, String schema) {
    try {
      requireSchema(connection, schema);
      try (PreparedStatement path =
          connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, true)")) {
        path.setString(1, Dialect.POSTGRESQL.quote(schema));
        path.executeQuery().close();
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for the schema " + schema);
    }
    return Side.postgresql(PostgresCatalog.read(connection, schema));
  }

  private static void requireSchema(Connection connection, String schema) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT FROM pg_catalog.pg_namespace WHERE nspname = CAST(? AS text)")) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          throw new ConfigurationException("schema", schema, "a schema that the database has");
        }
      }
    }
  }
}
