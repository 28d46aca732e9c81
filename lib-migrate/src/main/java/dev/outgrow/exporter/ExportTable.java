package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.sql.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one table of PostgreSQL becomes.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in SQLite
 * @param schema its schema in PostgreSQL
 * @param target its name in PostgreSQL
 * @param partitioned whether its rows are in its partitions
 * @param columns the columns whose values are carried
 * @param key the columns of its primary key, by their names in PostgreSQL; empty if none
 */
record ExportTable(
    String source,
    String schema,
    String target,
    boolean partitioned,
    List<ExportColumn> columns,
    List<String> key) {

  /** Copies the lists. */
  ExportTable {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** Returns what stands behind FROM: a table without those that inherit from it. */
  String relation() {
    String name = Dialect.POSTGRESQL.quote(Identifier.of(schema, target));
    return partitioned ? name : "ONLY " + name;
  }

  /**
   * Returns the condition that something is this table or one of its partitions.
   *
   * @param oid what is asked for, by its number
   */
  String parts(String oid) {
    String own =
        Dialect.POSTGRESQL.literal(Dialect.POSTGRESQL.quote(Identifier.of(schema, target)))
            + "::regclass";
    return "("
        + oid
        + " = "
        + own
        + " OR "
        + oid
        + " IN (SELECT relid FROM pg_catalog.pg_partition_tree("
        + own
        + ")))";
  }

  /** Returns the query of what is carried. */
  String select() {
    String list = columns.stream().map(ExportColumn::selected).collect(Collectors.joining(", "));
    return "SELECT " + list + " FROM " + relation();
  }

  /** Returns the table as verification sees it. */
  TableMapping mapping() {
    @Nullable PrimaryKey primary = key.isEmpty() ? null : new PrimaryKey(null, key);
    return new TableMapping(
        source,
        target,
        0,
        columns.stream().map(ExportColumn::mapping).toList(),
        primary,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }
}
