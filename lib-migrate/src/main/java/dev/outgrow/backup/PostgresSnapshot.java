package dev.outgrow.backup;

import dev.outgrow.database.Database;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One moment of a PostgreSQL database, in a transaction of its own that reads. */
final class PostgresSnapshot implements AutoCloseable {
  private final Database database;
  private final BackupOptions options;
  private final Connection connection;
  private final String path;

  private PostgresSnapshot(Database database, BackupOptions options, Connection connection)
      throws SQLException {
    this.database = database;
    this.options = options;
    this.connection = connection;
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    // The schema that the histories are in, before the settings take the path away.
    this.path = PostgresCatalogue.texts(connection, "SELECT coalesce(current_schema(), '')").get(0);
    PostgresContents.prepare(connection);
  }

  static PostgresSnapshot open(Database database, BackupOptions options) throws SQLException {
    Connection connection = database.ownConnection();
    try {
      return new PostgresSnapshot(database, options, connection);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  Connection connection() {
    return connection;
  }

  /** Returns its name, under which another session sees the same. */
  String export() throws SQLException {
    return PostgresCatalogue.texts(connection, "SELECT pg_export_snapshot()").get(0);
  }

  /** Describes what is there at this moment. */
  Engine.Written read(String tool, Supervision supervision) throws SQLException {
    Set<String> histories = ChainVersions.histories(database, options);
    List<String> schemas = PostgresCatalogue.schemas(connection);
    List<BackupTable> tables = new PostgresContents(connection, supervision).read(schemas);
    Set<String> there =
        tables.stream()
            .filter(table -> table.schema().equals(path))
            .map(BackupTable::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!path.isEmpty()) {
      PostgresCatalogue.execute(
          connection, "SET LOCAL search_path = " + Dialect.POSTGRESQL.quote(path));
    }
    return new Engine.Written(
        connection.getMetaData().getDatabaseProductVersion(),
        tool,
        schemas,
        ChainVersions.read(connection, Dialect.POSTGRESQL, histories, there),
        tables);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
