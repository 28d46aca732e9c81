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
 * @param partitionedBy how its rows are divided, in PostgreSQL's words: {@code RANGE (day)}; or
 *     null where they are not. Its partitions are {@linkplain Schema#others others} of the schema
 * @since 0.1
 */
public record Table(
    String name,
    List<Column> columns,
    @Nullable PrimaryKey primaryKey,
    List<UniqueKey> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<Check> checks,
    List<Index> indexes,
    @Nullable String partitionedBy) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
    indexes = List.copyOf(indexes);
  }

  /** Makes a table whose rows are not divided. */
  public Table(
      String name,
      List<Column> columns,
      @Nullable PrimaryKey primaryKey,
      List<UniqueKey> uniqueKeys,
      List<ForeignKey> foreignKeys,
      List<Check> checks,
      List<Index> indexes) {
    this(name, columns, primaryKey, uniqueKeys, foreignKeys, checks, indexes, null);
  }

  /** Returns the column of exactly this name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }
}
