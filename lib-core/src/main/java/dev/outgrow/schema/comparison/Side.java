package dev.outgrow.schema.comparison;

import dev.outgrow.schema.Schema;
import dev.outgrow.sql.Dialect;

/**
 * A schema and the backend whose words it is in.
 *
 * <p><em>Immutable.</em>
 *
 * @param dialect the backend
 * @param schema the schema
 * @since 0.1
 */
public record Side(Dialect dialect, Schema schema) {
  /** Returns a schema of PostgreSQL. */
  public static Side postgresql(Schema schema) {
    return new Side(Dialect.POSTGRESQL, schema);
  }

  /** Returns a schema of SQLite. */
  public static Side sqlite(Schema schema) {
    return new Side(Dialect.SQLITE, schema);
  }
}
