package dev.outgrow.importer.sqlite;

import dev.outgrow.database.catalog.SqliteTable;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes foreign keys off tables whose other end is not read whole: the rows that are read may refer
 * to some that are not. Used once.
 */
final class Trimming {
  private final Map<String, String> reasons;
  private final Map<String, String> keys = new LinkedHashMap<>();

  /**
   * Begins.
   *
   * @param reasons the folded names of tables that are not read whole, each with why a key that
   *     refers to it, or is on it, cannot be kept
   */
  Trimming(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  SqliteTable trim(SqliteTable source) {
    List<ForeignKey> kept = new ArrayList<>();
    for (ForeignKey key : source.table().foreignKeys()) {
      reason(source, key)
          .ifPresentOrElse(why -> keys.put(describe(source, key), why), () -> kept.add(key));
    }
    Table table = source.table();
    Table trimmed =
        new Table(
            table.name(),
            table.columns(),
            table.primaryKey(),
            table.uniqueKeys(),
            kept,
            table.checks(),
            table.indexes());
    return new SqliteTable(
        trimmed,
        source.kind(),
        source.module(),
        source.withoutRowid(),
        source.strict(),
        source.autoincrement(),
        source.sql(),
        source.unread());
  }

  /** Returns the keys that were taken off, each with the reason. */
  Map<String, String> keys() {
    return keys;
  }

  private Optional<String> reason(SqliteTable table, ForeignKey key) {
    return Optional.ofNullable(reasons.get(Identifier.folded(key.referencedTable())))
        .or(() -> Optional.ofNullable(reasons.get(Identifier.folded(table.name()))));
  }

  private static String describe(SqliteTable table, ForeignKey key) {
    return table.name() + "(" + String.join(", ", key.columns()) + ") -> " + key.referencedTable();
  }
}
