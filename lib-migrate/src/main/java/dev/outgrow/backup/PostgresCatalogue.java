package dev.outgrow.backup;

import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of PostgreSQL's catalogue for backups. Extensions' own things are never named. */
final class PostgresCatalogue {
  private static final String OF_NO_EXTENSION =
      " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = '%s'::regclass"
          + " AND d.objid = %s.oid AND d.deptype = 'e')";
  private static final String SCHEMAS =
      "SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_'"
          + " AND n.nspname <> 'information_schema'"
          + OF_NO_EXTENSION.formatted("pg_catalog.pg_namespace", "n")
          + " ORDER BY 1";
  private static final String HOLDS =
      """
      SELECT n.nspname || '.' || o.name FROM pg_catalog.pg_namespace n JOIN (
        SELECT c.relnamespace AS namespace, c.relname::text AS name FROM pg_catalog.pg_class c
          WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') %s
        UNION ALL SELECT p.pronamespace, p.proname || '()' FROM pg_catalog.pg_proc p WHERE true %s
        UNION ALL SELECT t.typnamespace, t.typname FROM pg_catalog.pg_type t
          WHERE t.typtype IN ('e', 'd', 'r') %s
      ) o ON o.namespace = n.oid WHERE n.nspname IN (%s) ORDER BY 1
      """;

  private PostgresCatalogue() {}

  /** Returns the schemas that are the application's. */
  static List<String> schemas(Connection connection) throws SQLException {
    return texts(connection, SCHEMAS);
  }

  /** Returns what these schemas hold, for people; nothing if they are empty or not there. */
  static List<String> holds(Connection connection, List<String> schemas) throws SQLException {
    if (schemas.isEmpty()) {
      return List.of();
    }
    String names =
        schemas.stream().map(Dialect.POSTGRESQL::literal).collect(Collectors.joining(", "));
    return texts(
        connection,
        HOLDS.formatted(
            OF_NO_EXTENSION.formatted("pg_catalog.pg_class", "c"),
            OF_NO_EXTENSION.formatted("pg_catalog.pg_proc", "p"),
            OF_NO_EXTENSION.formatted("pg_catalog.pg_type", "t"),
            names));
  }

  /** Returns the tables that a schema keeps rows in, partitions included. */
  static List<String> tables(Connection connection, String schema) throws SQLException {
    return texts(
        connection,
        "SELECT c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND n.nspname = "
            + Dialect.POSTGRESQL.literal(schema)
            + OF_NO_EXTENSION.formatted("pg_catalog.pg_class", "c")
            + " ORDER BY 1");
  }

  /** Returns the bytes that all tables take, without their indexes. */
  static long size(Connection connection) throws SQLException {
    return Long.parseLong(
        texts(
                connection,
                "SELECT coalesce(sum(pg_catalog.pg_table_size(c.oid)), 0)::bigint"
                    + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm')"
                    + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
            .get(0));
  }

  /** Returns the server's major version. */
  static int major(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false); // {d …} in a body is none of the driver's
      statement.execute(sql);
    }
  }
}
