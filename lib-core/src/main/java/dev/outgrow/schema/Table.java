package dev.outgrow.schema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param columns its columns, in order
 * @param primaryKey its primary key, or null
 * @param uniqueKeys its UNIQUE constraints
 * @param foreignKeys its foreign keys
 * @param checks its CHECK constraints
 * @param indexes the indexes somebody created on it
 * @since 0.1
 */
public record Table(
    String name,
    List<Column> columns,
    @Nullable PrimaryKey primaryKey,
    List<UniqueKey> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<Check> checks,
    List<Index> indexes) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
    indexes = List.copyOf(indexes);
  }

  /** Returns the column of exactly this name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }
}
