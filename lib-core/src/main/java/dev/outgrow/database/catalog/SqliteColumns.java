package dev.outgrow.database.catalog;

import dev.outgrow.database.catalog.SqlitePragmas.ColumnRow;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.sql.sqlite.ColumnDefinition;
import dev.outgrow.sql.sqlite.DefaultValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table and its primary key. */
final class SqliteColumns {
  private static final int GENERATED = 2;

  private final SqliteTableText text;
  private final List<ColumnRow> key;
  private final boolean keyIsRowid;

  /**
   * Takes what is known of a table.
   *
   * @param keyHasIndex whether the primary key has an index of its own, as it has wherever it is
   *     not another name of the rowid
   */
  SqliteColumns(SqliteTableText text, boolean withoutRowid, boolean keyHasIndex) {
    this.text = text;
    this.key =
        text.rows().stream()
            .filter(row -> row.key() > 0)
            .sorted(Comparator.comparingInt(ColumnRow::key))
            .toList();
    this.keyIsRowid =
        !withoutRowid
            && !keyHasIndex
            && key.size() == 1
            && Identifier.folded(key.get(0).type()).equals("integer");
  }

  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < text.rows().size(); i++) {
      columns.add(column(text.rows().get(i), text.column(i)));
    }
    return columns;
  }

  @Nullable PrimaryKey primaryKey(Map<String, String> collations) {
    List<String> columns = key.stream().map(ColumnRow::name).toList();
    return key.isEmpty() ? null : new PrimaryKey(text.primaryKeyName(), columns, collations);
  }

  private Column column(ColumnRow row, @Nullable ColumnDefinition definition) {
    boolean rowid = keyIsRowid && row.key() > 0;
    return new Column(
        row.name(),
        row.type(),
        !row.notNull() && !rowid,
        defaultValue(row, definition),
        rowid ? Identity.BY_DEFAULT : Identity.NONE,
        generated(row, definition),
        collation(definition));
  }

  /** The pragma gives a default as written, where a bare name stands for its own text. */
  private static @Nullable String defaultValue(
      ColumnRow row, @Nullable ColumnDefinition definition) {
    DefaultValue written = definition == null ? null : definition.defaultValue();
    return written == null ? row.defaultText() : written.expression();
  }

  private static @Nullable Generated generated(
      ColumnRow row, @Nullable ColumnDefinition definition) {
    if (row.hidden() < GENERATED) {
      return null;
    }
    Generated written = definition == null ? null : definition.generated();
    return written == null ? new Generated("", row.hidden() > GENERATED) : written;
  }

  private static @Nullable String collation(@Nullable ColumnDefinition definition) {
    String collation = definition == null ? null : definition.collation();
    return collation == null || isDefault(collation) ? null : collation;
  }

  /** Returns whether it is the collation of columns that name none. */
  static boolean isDefault(String collation) {
    return Identifier.folded(collation).equals("binary");
  }
}
