package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.sql.Dialect;

/**
 * What one column of PostgreSQL becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in SQLite
 * @param target its name in PostgreSQL
 * @param type the type its values are sent as
 * @param sql the expression that is sent
 * @param reading how SQLite's cells are to be understood, by the rules of the import
 * @param spelling how values are written for which there are several ways
 */
record ExportColumn(
    String source, String target, TargetType type, String sql, Reading reading, Spelling spelling) {

  /** Returns the column as verification sees it. */
  ColumnMapping mapping() {
    return new ColumnMapping(source, target, type, false, null, null, false, null, reading);
  }

  /** Returns what is sent, under the column's name. */
  String selected() {
    return sql + " AS " + Dialect.POSTGRESQL.quote(target);
  }

  /** Returns the same column, whose values are text. */
  ExportColumn asText() {
    String quoted = Dialect.POSTGRESQL.quote(target);
    return new ExportColumn(
        source, target, TargetType.TEXT, quoted + "::text", Reading.STORED, Spelling.USUAL);
  }
}
