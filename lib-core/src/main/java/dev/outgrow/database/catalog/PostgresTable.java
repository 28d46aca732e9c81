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
  private final Map<String, Index> indexes = new TreeMap<>();

  PostgresTable(String name) {
    this.name = name;
  }

  /** Adds the next part of an index, and with the first one the index. */
  void indexPart(String index, boolean unique, @Nullable String predicate, Index.Part part) {
    List<Index.Part> parts = new ArrayList<>();
    Index before = indexes.get(index);
    if (before != null) {
      parts.addAll(before.parts());
    }
    parts.add(part);
    indexes.put(index, new Index(index, unique, parts, predicate));
  }

  Table finished() {
    return new Table(
        name, columns, primaryKey, uniqueKeys, foreignKeys, checks, List.copyOf(indexes.values()));
  }
}
