package dev.outgrow.database.catalog;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.Generated;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.Index;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.schema.UniqueKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts tables together from the rows of the catalogue queries. */
final class PostgresTables {
  private final Map<Long, PostgresTable> tables = new LinkedHashMap<>();

  /** Takes a row of the columns, which must come before all others: it makes the table known. */
  void column(ResultSet row) throws SQLException {
    String name = row.getString("table_name");
    PostgresTable table =
        tables.computeIfAbsent(row.getLong("oid"), oid -> new PostgresTable(name));
    if (row.getString("column_name") != null) {
      table.columns.add(columnOf(row));
    }
  }

  private static Column columnOf(ResultSet row) throws SQLException {
    String generated = row.getString("generated");
    String expression = row.getString("expression");
    boolean computed = !generated.isEmpty() && expression != null;
    return new Column(
        row.getString("column_name"),
        row.getString("type"),
        row.getBoolean("nullable"),
        computed ? null : expression,
        identity(row.getString("identity")),
        computed ? new Generated(Brackets.withoutOuter(expression), generated.equals("s")) : null,
        row.getString("collation"));
  }

  private static Identity identity(String code) {
    return switch (code) {
      case "a" -> Identity.ALWAYS;
      case "d" -> Identity.BY_DEFAULT;
      default -> Identity.NONE;
    };
  }

  /** Takes a row of the constraints. Those of partitions and extensions have no table here. */
  void constraint(ResultSet row) throws SQLException {
    PostgresTable table = tables.get(row.getLong("oid"));
    if (table == null) {
      return;
    }
    String name = row.getString("name");
    switch (row.getString("kind")) {
      case "p" -> table.primaryKey = new PrimaryKey(name, names(row, "columns"));
      case "u" -> table.uniqueKeys.add(new UniqueKey(name, names(row, "columns")));
      case "f" -> table.foreignKeys.add(foreignKey(name, row));
      default ->
          table.checks.add(new Check(name, Brackets.withoutOuter(row.getString("expression"))));
    }
  }

  private static ForeignKey foreignKey(String name, ResultSet row) throws SQLException {
    return new ForeignKey(
        name,
        names(row, "columns"),
        row.getString("referenced_table"),
        names(row, "referenced_columns"),
        action(row.getString("on_delete")),
        action(row.getString("on_update")),
        deferrability(row.getBoolean("deferrable"), row.getBoolean("deferred")));
  }

  private static List<String> names(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static Action action(String code) {
    return switch (code) {
      case "a" -> Action.NO_ACTION;
      case "r" -> Action.RESTRICT;
      case "c" -> Action.CASCADE;
      case "n" -> Action.SET_NULL;
      case "d" -> Action.SET_DEFAULT;
      default -> throw new IllegalStateException("PostgreSQL has no action " + code);
    };
  }

  private static Deferrability deferrability(boolean deferrable, boolean deferred) {
    if (!deferrable) {
      return Deferrability.NOT_DEFERRABLE;
    }
    return deferred ? Deferrability.INITIALLY_DEFERRED : Deferrability.INITIALLY_IMMEDIATE;
  }

  /** Takes a row of the indexes. */
  void indexPart(ResultSet row) throws SQLException {
    PostgresTable table = tables.get(row.getLong("oid"));
    if (table == null) {
      return;
    }
    String predicate = row.getString("predicate");
    String expression = row.getString("expression");
    table.indexPart(
        row.getString("name"),
        row.getBoolean("is_unique"),
        predicate == null ? null : Brackets.withoutOuter(predicate),
        new Index.Part(
            row.getString("column_name"),
            expression == null ? null : Brackets.withoutOuter(expression),
            row.getBoolean("descending"),
            row.getString("collation")));
  }

  /** Returns the tables in order of name. */
  List<Table> finished() {
    return tables.values().stream()
        .map(PostgresTable::finished)
        .sorted(Comparator.comparing(Table::name))
        .toList();
  }
}
