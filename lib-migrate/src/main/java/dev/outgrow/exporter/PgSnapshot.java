package dev.outgrow.exporter;

import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.catalog.PostgresCatalog;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * One moment of a PostgreSQL database, in a transaction that only reads. Its tables are locked
 * against changes of their definition, and by nothing else. <em>Not thread-safe.</em>
 */
final class PgSnapshot implements AutoCloseable {
  private static final List<String> SETTINGS =
      List.of(
          "SET LOCAL row_security = off", // rows that a policy hides would be missing unnoticed
          "SET LOCAL statement_timeout = 0",
          "SET LOCAL idle_in_transaction_session_timeout = 0",
          "SET LOCAL TimeZone = 'UTC'",
          "SET LOCAL DateStyle = 'ISO'",
          "SET LOCAL IntervalStyle = 'iso_8601'",
          "SET LOCAL bytea_output = 'hex'",
          "SET LOCAL extra_float_digits = 1",
          "SET LOCAL synchronize_seqscans = off");
  private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final Database database;
  private final String schema;
  private final Connection connection;
  private @Nullable CopyOut copying;

  private PgSnapshot(Database database, String schema, Connection connection) {
    this.database = database;
    this.schema = schema;
    this.connection = connection;
  }

  /**
   * Takes the moment.
   *
   * @throws ConfigurationException if the database has no such schema
   */
  static PgSnapshot take(Database database, String schema, Halt halt) {
    PgSnapshot snapshot = new PgSnapshot(database, schema, database.ownConnection());
    halt.wakenBy(snapshot::interrupt);
    try {
      snapshot.begin();
      return snapshot;
    } catch (SQLException e) {
      snapshot.close();
      throw SqlFailures.translate(e, "Taking the moment to export");
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private void begin() throws SQLException {
    List<String> tables = tables();
    run(BEGIN);
    for (String setting : SETTINGS) {
      run(setting);
    }
    run("SET LOCAL search_path = " + Dialect.POSTGRESQL.quote(schema));
    for (String table : tables) {
      // Before the first query, which takes the moment: so nobody changes them in between.
      run(
          "LOCK TABLE "
              + Dialect.POSTGRESQL.quote(Identifier.of(schema, table))
              + " IN ACCESS SHARE MODE");
    }
  }

  private List<String> tables() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT c.relname FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_class c ON"
                + " c.relnamespace = n.oid AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
                + " WHERE n.nspname = CAST(? AS text) ORDER BY 1")) {
      query.setString(1, schema);
      List<String> names = new ArrayList<>();
      boolean there = false;
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          there = true;
          if (rows.getString(1) != null) {
            names.add(rows.getString(1));
          }
        }
      }
      if (!there) {
        throw new ConfigurationException("schema", schema, "a schema that the database has");
      }
      return names;
    }
  }

  /** Opens another connection that sees the same moment. */
  PgSnapshot another(Halt halt) throws SQLException {
    String id = text("SELECT pg_catalog.pg_export_snapshot()");
    PgSnapshot other = new PgSnapshot(database, schema, database.ownConnection());
    halt.wakenBy(other::interrupt);
    try {
      other.run(BEGIN);
      other.run("SET TRANSACTION SNAPSHOT " + Dialect.POSTGRESQL.literal(id));
      for (String setting : SETTINGS) {
        other.run(setting);
      }
      other.run("SET LOCAL search_path = " + Dialect.POSTGRESQL.quote(schema));
      return other;
    } catch (SQLException e) {
      other.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  String schemaName() {
    return schema;
  }

  /** Reads the schema. */
  Schema schema() {
    return PostgresCatalog.read(connection, schema);
  }

  /** Returns what is behind the type of each column, by table and column. */
  Map<String, Map<String, PgType>> types() throws SQLException {
    Map<String, Map<String, PgType>> types = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(resource("columns.sql"))) {
      query.setString(1, schema);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          types
              .computeIfAbsent(rows.getString("table_name"), t -> new HashMap<>())
              .put(
                  rows.getString("column_name"),
                  new PgType(
                      rows.getString("base"), rows.getString("kind"), rows.getString("category")));
        }
      }
    }
    return types;
  }

  private static String resource(String name) {
    try (InputStream in = PgSnapshot.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to read rows. */
  CopyOut copy(String select) throws SQLException {
    CopyOut begun =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
    copying = begun;
    return begun;
  }

  /** Returns whether statistics say that a table's rows lie in the order of one of its columns. */
  boolean liesInOrder(ExportTable table, String column) throws SQLException {
    return number(
            "SELECT count(*) FROM pg_catalog.pg_stats WHERE correlation = 1 AND NOT inherited AND"
                + " schemaname = "
                + Dialect.POSTGRESQL.literal(table.schema())
                + " AND tablename = "
                + Dialect.POSTGRESQL.literal(table.target())
                + " AND attname = "
                + Dialect.POSTGRESQL.literal(column))
        > 0;
  }

  /** Returns the one number a query answers; 0 for null. */
  long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns the one text a query answers. */
  String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** Runs a statement. */
  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void interrupt() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // It has ended by itself, or it is asked again in a tenth of a second.
    }
  }

  /** Ends what another thread may be in the middle of. */
  void abandon() {
    interrupt();
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Ending the export's session");
    }
  }

  /** Ends the transaction with its connection, which nobody else uses. */
  @Override
  public void close() {
    if (copying != null && copying.isActive()) {
      abandon(); // the rest of the rows is of no use
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Ending the export's session");
    }
  }
}
