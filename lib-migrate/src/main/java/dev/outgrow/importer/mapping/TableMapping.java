package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.Link;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.UniqueKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one table becomes. Keys and indexes are in PostgreSQL's names throughout.
 *
 * <p><em>Immutable.</em>
 *
 * @param source its name in the source
 * @param target its name in PostgreSQL
 * @param rows how many rows the source has
 * @param columns its columns, in the order of the source
 * @param primaryKey its primary key, or null
 * @param uniqueKeys its unique constraints
 * @param indexes its indexes
 * @param foreignKeys its foreign keys
 * @param checks its CHECK constraints
 * @param lastId the largest id handed out so far, for a table with an identity column; 0 if none
 * @since 0.1
 */
public record TableMapping(
    String source,
    String target,
    long rows,
    List<ColumnMapping> columns,
    @Nullable PrimaryKey primaryKey,
    List<UniqueKey> uniqueKeys,
    List<Index> indexes,
    List<Reference> foreignKeys,
    List<Check> checks,
    long lastId) {

  /** Copies the lists. */
  public TableMapping {
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
    indexes = List.copyOf(indexes);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /** Returns the columns that PostgreSQL computes. */
  public List<ColumnMapping> generatedColumns() {
    return columns.stream().filter(c -> c.generated() != null).toList();
  }

  /**
   * Returns the same table, in which some columns are not computed but have values of their own.
   *
   * @param plain their names in the source
   */
  public TableMapping withPlain(Set<String> plain) {
    List<ColumnMapping> changed =
        columns.stream().map(c -> plain.contains(c.source()) ? c.plain() : c).toList();
    return new TableMapping(
        source,
        target,
        rows,
        changed,
        primaryKey,
        uniqueKeys,
        indexes,
        foreignKeys,
        checks,
        lastId);
  }

  /**
   * Returns the positions of the columns that tell one row from another: the primary key's, else
   * all of them.
   *
   * @return positions, counted from 0, at least one
   */
  public List<Integer> keyPositions() {
    List<String> key =
        primaryKey == null
            ? columns.stream().map(ColumnMapping::target).toList()
            : primaryKey.columns();
    return key.stream().map(this::position).toList();
  }

  /** Returns the same table with other foreign keys. */
  TableMapping withForeignKeys(List<Reference> others) {
    return new TableMapping(
        source, target, rows, columns, primaryKey, uniqueKeys, indexes, others, checks, lastId);
  }

  private int position(String target) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).target().equals(target)) {
        return i;
      }
    }
    throw new IllegalArgumentException("No column " + target);
  }

  /**
   * A foreign key, and whether the rows that are already there keep it.
   *
   * @param key the key in PostgreSQL's names
   * @param orphans rows that point to nothing: with any, the key is created {@code NOT VALID}
   * @param spelledOtherwise rows that point to something by a collation of SQLite's alone, and to
   *     nothing in PostgreSQL: with any, the key is created {@code NOT VALID}
   * @param link what it is in the source's names
   */
  public record Reference(ForeignKey key, long orphans, long spelledOtherwise, Link link) {}
}
