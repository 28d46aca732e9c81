package dev.outgrow.database.catalog;

import dev.outgrow.database.catalog.SqlitePragmas.ColumnRow;
import dev.outgrow.schema.Check;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.sqlite.ColumnDefinition;
import dev.outgrow.sql.sqlite.KeyDefinition;
import dev.outgrow.sql.sqlite.Parsed;
import dev.outgrow.sql.sqlite.TableDefinition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table as the pragma tells them, beside the text of the table where that could be
 * read and speaks of the same columns.
 */
final class SqliteTableText {
  private final List<ColumnRow> rows;
  private final @Nullable TableDefinition definition;

  private SqliteTableText(List<ColumnRow> rows, @Nullable TableDefinition definition) {
    this.rows = rows;
    this.definition = definition;
  }

  static SqliteTableText none(List<ColumnRow> rows) {
    return new SqliteTableText(rows, null);
  }

  static SqliteTableText of(SqliteObject object, List<ColumnRow> rows, List<Unread> unread) {
    Parsed<TableDefinition> parsed = TableDefinition.parse(object.sql());
    if (parsed instanceof Parsed.Unreadable<TableDefinition> failure) {
      unread.add(
          new Unread(
              object.name(),
              "the text of the table, so that its checks, generated columns, collations, names of"
                  + " constraints and deferrals are missing: "
                  + failure.reason()
                  + ", character "
                  + failure.offset()));
      return none(rows);
    }
    TableDefinition definition = parsed.value().orElseThrow();
    if (!rows.isEmpty() && !names(definition).equals(names(rows))) {
      unread.add(new Unread(object.name(), "the text of the table, as it names other columns"));
      return none(rows);
    }
    return new SqliteTableText(rows, definition);
  }

  private static List<String> names(TableDefinition definition) {
    return definition.columns().stream().map(c -> Identifier.folded(c.name())).toList();
  }

  private static List<String> names(List<ColumnRow> rows) {
    return rows.stream().map(row -> Identifier.folded(row.name())).toList();
  }

  List<ColumnRow> rows() {
    return rows;
  }

  /** Returns what the text says of the column of this number, or null where it says nothing. */
  @Nullable ColumnDefinition column(int number) {
    return definition == null ? null : definition.columns().get(number);
  }

  boolean autoincrement() {
    return definition != null && definition.autoincrement();
  }

  List<Check> checks() {
    return definition == null ? List.of() : definition.checks();
  }

  /** Returns the foreign keys in the order of the text, or null where the text is not known. */
  @Nullable List<ForeignKey> foreignKeys() {
    return definition == null ? null : definition.foreignKeys();
  }

  @Nullable String primaryKeyName() {
    KeyDefinition key = definition == null ? null : definition.primaryKey();
    return key == null ? null : key.name();
  }

  /** Returns the name of the first named UNIQUE constraint of these columns, or null. */
  @Nullable String uniqueKeyName(List<String> columns) {
    if (definition == null) {
      return null;
    }
    List<String> wanted = columns.stream().map(Identifier::folded).toList();
    return definition.uniqueKeys().stream()
        .filter(key -> key.columns().stream().map(Identifier::folded).toList().equals(wanted))
        .map(KeyDefinition::name)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
