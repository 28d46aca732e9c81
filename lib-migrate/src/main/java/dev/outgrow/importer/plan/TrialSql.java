package dev.outgrow.importer.plan;

import dev.outgrow.importer.mapping.TableMapping;

/**
 * The statements that try rows of a table on the server, in a temporary table that nobody else
 * sees.
 *
 * <p><em>Immutable.</em>
 *
 * @param create makes the temporary table
 * @param load fills it
 * @since 0.1
 */
public record TrialSql(String create, Step.Load load) {
  /** What PostgreSQL calls the schema of a session's own temporary tables. */
  private static final String TEMPORARY = "pg_temp";

  /** Returns the statements for a table, none of whose columns is computed. */
  public static TrialSql of(TableMapping table) {
    Ddl ddl = new Ddl(TEMPORARY);
    return new TrialSql(ddl.createTable(table), new Step.Load(table, ddl.copy(table)));
  }
}
