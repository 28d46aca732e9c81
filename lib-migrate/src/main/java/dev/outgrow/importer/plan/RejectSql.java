package dev.outgrow.importer.plan;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.List;

/**
 * Writes the statements for the tables that keep rejected rows. Until the swap they are in a schema
 * of their own beside the staging schema.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class RejectSql {
  private static final String TABLE = "rejects";
  private static final String PIECES = "reject_pieces";

  private RejectSql() {}

  /** Returns the statements that make the tables. */
  public static List<String> create(ImportNames names) {
    return List.of(
        "CREATE SCHEMA " + quote(names.stagingRejects()),
        "CREATE TABLE "
            + name(names, TABLE)
            + " (\n  id bigint PRIMARY KEY,\n  source_table text NOT NULL,\n  key text NOT NULL,\n"
            + "  column_name text NOT NULL,\n  reason text NOT NULL,\n  raw_values jsonb NOT NULL\n)",
        "CREATE TABLE "
            + name(names, PIECES)
            + " (\n  reject bigint NOT NULL,\n  column_name text NOT NULL,\n  piece integer NOT NULL,\n"
            + "  bytes bytea NOT NULL,\n  PRIMARY KEY (reject, column_name, piece)\n)");
  }

  /** Returns the statement that keeps a row: id, table, key, column, reason, values. */
  public static String insert(ImportNames names) {
    return "INSERT INTO " + name(names, TABLE) + " VALUES (?, ?, ?, ?, ?, CAST(? AS jsonb))";
  }

  /** Returns the statement that keeps a piece of a large value: row, column, number, bytes. */
  public static String insertPiece(ImportNames names) {
    return "INSERT INTO " + name(names, PIECES) + " VALUES (?, ?, ?, ?)";
  }

  /** Returns the statement that gives the schema its name, as part of the swap. */
  public static String rename(ImportNames names) {
    return "ALTER SCHEMA " + quote(names.stagingRejects()) + " RENAME TO " + quote(names.rejects());
  }

  private static String name(ImportNames names, String table) {
    return Dialect.POSTGRESQL.quote(Identifier.of(names.stagingRejects(), table));
  }

  private static String quote(String name) {
    return Dialect.POSTGRESQL.quote(name);
  }
}
