package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;

/**
 * What was found of the blobs of one column: how much compressing them gains. PostgreSQL tries that
 * with each, and where it gains little, the trial takes more of its time than storing them.
 *
 * <p><em>Immutable.</em>
 *
 * @param table the table
 * @param column the column's name in PostgreSQL
 * @param values how many values were looked at
 * @param gain by how many percent they became smaller
 * @since 0.1
 */
public record PlainBlobs(TableMapping table, String column, int values, int gain) {
  /** What has to be gained, in percent. */
  private static final int WORTH = 20;

  boolean isPlain() {
    return values > 0 && gain < WORTH;
  }

  String name() {
    return table.target() + "." + column;
  }

  String storing(String staging) {
    return alter(staging, "EXTERNAL");
  }

  /** What {@code bytea} has by default. */
  String puttingBack(String staging) {
    return alter(staging, "EXTENDED");
  }

  private String alter(String staging, String storage) {
    return "ALTER TABLE "
        + Dialect.POSTGRESQL.quote(Identifier.of(staging, table.target()))
        + " ALTER COLUMN "
        + Dialect.POSTGRESQL.quote(column)
        + " SET STORAGE "
        + storage;
  }
}
