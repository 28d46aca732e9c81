package dev.outgrow.database.doctor;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.SqlFailures;
import dev.outgrow.database.doctor.Diagnosis.Finding;
import dev.outgrow.database.doctor.Diagnosis.Verdict;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A table that has to be there, and perhaps a row in it.
 *
 * @param condition SQL of the application that holds for the row, or null for any
 * @param row whether there has to be one
 */
record Requirement(String table, @Nullable String condition, boolean row) {
  private static final String POSTGRES_TABLE =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = CAST(? AS text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (n.nspname = CAST(? AS text)
          OR CAST(? AS text) IS NULL AND n.nspname = ANY (pg_catalog.current_schemas(false)))
      ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)
      LIMIT 1
      """;
  private static final String SQLITE_TABLE =
      "SELECT 'main', name FROM main.sqlite_schema"
          + " WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE";

  String check() {
    return (row ? "row in table " : "table ")
        + table
        + (condition == null ? "" : " where " + condition);
  }

  Finding look(Database database, @Nullable String schema) {
    return database.<Finding>read(tx -> look(tx.connection(), database.backend(), schema));
  }

  private Finding look(Connection connection, Backend backend, @Nullable String schema) {
    try {
      String found = quotedTable(connection, backend, schema);
      if (found == null) {
        String where = schema == null ? "" : " in the schema " + schema;
        return fail(
            "There is no table " + table + where + ".",
            "Run the application's migrations, or check that this is its database and schema.");
      }
      if (!row) {
        return new Finding(check(), Verdict.PASS, "It is there.", "");
      }
      return hasRow(connection, found)
          ? new Finding(check(), Verdict.PASS, "There is one.", "")
          : fail(
              "There is no such row.", "Run whatever fills the table, such as the first set-up.");
    } catch (SQLException e) {
      throw SqlFailures.translate(e, "Looking for " + check());
    }
  }

  private Finding fail(String detail, String remedy) {
    return new Finding(check(), Verdict.FAIL, detail, remedy);
  }

  private @Nullable String quotedTable(
      Connection connection, Backend backend, @Nullable String schema) throws SQLException {
    boolean server = backend == Backend.POSTGRESQL;
    try (PreparedStatement query =
        connection.prepareStatement(server ? POSTGRES_TABLE : SQLITE_TABLE)) {
      query.setString(1, table);
      if (server) {
        query.setString(2, schema);
        query.setString(3, schema);
      }
      try (ResultSet rows = query.executeQuery()) {
        Dialect dialect = backend.dialect();
        return rows.next()
            ? dialect.quote(rows.getString(1)) + "." + dialect.quote(rows.getString(2))
            : null;
      }
    }
  }

  /** A line feed ends a comment that the condition may end with. */
  private boolean hasRow(Connection connection, String from) throws SQLException {
    String where = condition == null ? "" : " WHERE (" + condition + "\n)";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 FROM " + from + where + " LIMIT 1")) {
      return rows.next();
    }
  }
}
