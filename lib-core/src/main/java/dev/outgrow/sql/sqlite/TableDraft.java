package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Deferrability;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been read of a table so far. */
final class TableDraft {
  final List<ColumnDefinition> columns = new ArrayList<>();
  final List<KeyDefinition> uniqueKeys = new ArrayList<>();
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  @Nullable KeyDefinition primaryKey;
  boolean autoincrement;
  boolean withoutRowid;
  boolean strict;

  void primaryKey(TokenCursor cursor, KeyDefinition key) throws UnreadableException {
    if (primaryKey != null) {
      throw cursor.unreadable("a second PRIMARY KEY before the end,");
    }
    primaryKey = key;
  }

  /**
   * A deferral need not stand with its key: it speaks of the last one of the table, of none if
   * there is none yet.
   */
  void deferLastForeignKey(Deferrability deferrability) {
    if (foreignKeys.isEmpty()) {
      return;
    }
    ForeignKey key = foreignKeys.remove(foreignKeys.size() - 1);
    foreignKeys.add(
        new ForeignKey(
            key.name(),
            key.columns(),
            key.referencedTable(),
            key.referencedColumns(),
            key.onDelete(),
            key.onUpdate(),
            deferrability));
  }

  TableDefinition finished(String name, String sql) {
    return new TableDefinition(
        name,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        checks,
        autoincrement,
        withoutRowid,
        strict,
        sql);
  }
}
