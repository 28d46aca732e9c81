package dev.outgrow.database.catalog;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has been read of a table so far. */
final class PostgresTable {
  final List<Column> columns = new ArrayList<>();
  final List<UniqueKey> uniqueKeys = new ArrayList<>();
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  @Nullable PrimaryKey primaryKey;

  private final String name;
  private final @Nullable String partitionedBy;
  private final Map<String, Index> indexes = new TreeMap<>();

  PostgresTable(String name, @Nullable String partitionedBy) {
    this.name = name;
    this.partitionedBy = partitionedBy;
  }

  /** Adds an index with its first part, or of one that is there the next part. */
  void indexPart(Index index) {
    indexes.merge(index.name(), index, PostgresTable::joined);
  }

  private static Index joined(Index before, Index next) {
    List<Index.Part> parts = new ArrayList<>(before.parts());
    parts.addAll(next.parts());
    return new Index(
        before.name(),
        before.unique(),
        parts,
        before.predicate(),
        before.method(),
        before.included(),
        before.nullsDistinct());
  }

  Table finished() {
    return new Table(
        name,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        checks,
        List.copyOf(indexes.values()),
        partitionedBy);
  }
}
