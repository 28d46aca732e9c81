package dev.outgrow.database.catalog;

import dev.outgrow.database.catalog.SqlitePragmas.ColumnRow;
import dev.outgrow.database.catalog.SqlitePragmas.ForeignKeyRow;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The foreign keys of a table, with the columns they mean where they name none. */
final class SqliteForeignKeys {
  private final SqlitePragmas pragmas;

  private SqliteForeignKeys(SqlitePragmas pragmas) {
    this.pragmas = pragmas;
  }

  /** Returns the foreign keys in the order of the text. */
  static List<ForeignKey> read(
      SqlitePragmas pragmas, String table, SqliteTableText text, List<Unread> unread)
      throws SQLException {
    Map<Integer, List<ForeignKeyRow>> rows = new LinkedHashMap<>();
    for (ForeignKeyRow row : pragmas.foreignKeys(table)) {
      rows.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row);
    }
    List<ForeignKey> written = text.foreignKeys();
    if (written != null && written.size() != rows.size()) {
      unread.add(
          new Unread(
              table,
              "the names and deferrals of its foreign keys, as the text has another number of"
                  + " them"));
      written = null;
    }
    SqliteForeignKeys reader = new SqliteForeignKeys(pragmas);
    List<ForeignKey> keys = new ArrayList<>();
    for (List<ForeignKeyRow> key : rows.values()) {
      keys.add(reader.key(key, written == null ? null : written.get(keys.size())));
    }
    return keys;
  }

  private ForeignKey key(List<ForeignKeyRow> rows, @Nullable ForeignKey written)
      throws SQLException {
    ForeignKeyRow first = rows.get(0);
    return new ForeignKey(
        written == null ? null : written.name(),
        rows.stream().map(ForeignKeyRow::from).toList(),
        first.table(),
        referenced(rows),
        action(first.onDelete()),
        action(first.onUpdate()),
        written == null ? Deferrability.NOT_DEFERRABLE : written.deferrability());
  }

  private List<String> referenced(List<ForeignKeyRow> rows) throws SQLException {
    List<ColumnRow> columns = columns(rows.get(0).table());
    List<String> referenced = new ArrayList<>();
    for (ForeignKeyRow row : rows) {
      String to = row.to();
      if (to == null) {
        return primaryKey(columns, rows.size());
      }
      referenced.add(spelled(to, columns));
    }
    return referenced;
  }

  private static List<String> primaryKey(List<ColumnRow> columns, int size) {
    List<String> key =
        columns.stream()
            .filter(column -> column.key() > 0)
            .sorted(Comparator.comparingInt(ColumnRow::key))
            .map(ColumnRow::name)
            .toList();
    return key.size() == size ? key : List.of();
  }

  /** Returns a column's name as its own table writes it. */
  private static String spelled(String name, List<ColumnRow> columns) {
    return columns.stream()
        .map(ColumnRow::name)
        .filter(own -> Identifier.folded(own).equals(Identifier.folded(name)))
        .findFirst()
        .orElse(name);
  }

  /** A table that SQLite cannot open has no columns to refer to. */
  private List<ColumnRow> columns(String table) throws SQLException {
    try {
      return pragmas.columns(table);
    } catch (SQLException e) {
      if (!SqlitePragmas.isOfOneObject(e)) {
        throw e;
      }
      return List.of();
    }
  }

  private static Action action(String sql) {
    return Arrays.stream(Action.values())
        .filter(action -> action.sql().equals(sql))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("SQLite has no action " + sql));
  }
}
