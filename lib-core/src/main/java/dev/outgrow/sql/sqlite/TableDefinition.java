package dev.outgrow.sql.sqlite;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code CREATE TABLE} statement. Constraints of columns and of the table stand together in the
 * order of the text.
 *
 * <p>The name of a constraint is the last one before it. A name that no constraint follows, which
 * SQLite allows, is left out; so is {@code MATCH}, which SQLite ignores.
 *
 * <p><em>Immutable.</em>
 *
 * @param name the table's name, unquoted
 * @param columns its columns, in order, at least one
 * @param primaryKey its primary key, or null
 * @param uniqueKeys its UNIQUE constraints, also those that repeat another
 * @param foreignKeys its foreign keys; referenced columns are empty where the text names none
 * @param checks its CHECK constraints
 * @param autoincrement whether the primary key says AUTOINCREMENT
 * @param withoutRowid whether the table is WITHOUT ROWID
 * @param strict whether the table is STRICT
 * @param sql the whole statement
 * @since 0.1
 */
public record TableDefinition(
    String name,
    List<ColumnDefinition> columns,
    @Nullable KeyDefinition primaryKey,
    List<KeyDefinition> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<Check> checks,
    boolean autoincrement,
    boolean withoutRowid,
    boolean strict,
    String sql)
    implements Definition {

  /** Copies the lists. */
  public TableDefinition {
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /** Reads a statement, which is unreadable if it creates anything else. */
  public static Parsed<TableDefinition> parse(String sql) {
    return DefinitionParser.parse(sql, TableDefinition.class);
  }
}
