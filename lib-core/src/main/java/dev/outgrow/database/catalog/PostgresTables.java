package dev.outgrow.database.catalog;

import dev.outgrow.schema.Check;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.ForeignKey.Action;
import dev.outgrow.schema.ForeignKey.Deferrability;
import dev.outgrow.schema.ForeignKey.Match;
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
    String partitionedBy = row.getString("partitioned_by");
    PostgresTable table =
        tables.computeIfAbsent(row.getLong("oid"), oid -> new PostgresTable(name, partitionedBy));
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
      case "p" ->
          table.primaryKey =
              new PrimaryKey(name, names(row, "columns"), Map.of(), deferrability(row));
      case "u" ->
          table.uniqueKeys.add(
              new UniqueKey(
                  name,
                  names(row, "columns"),
                  Map.of(),
                  deferrability(row),
                  !row.getBoolean("nulls_equal")));
      case "f" -> table.foreignKeys.add(foreignKey(name, row));
      default ->
          table.checks.add(
              new Check(
                  name,
                  Brackets.withoutOuter(row.getString("expression")),
                  row.getBoolean("validated")));
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
        deferrability(row),
        row.getString("match").equals("f") ? Match.FULL : Match.SIMPLE,
        row.getBoolean("validated"));
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

  private static Deferrability deferrability(ResultSet row) throws SQLException {
    if (!row.getBoolean("deferrable")) {
      return Deferrability.NOT_DEFERRABLE;
    }
    return row.getBoolean("deferred")
        ? Deferrability.INITIALLY_DEFERRED
        : Deferrability.INITIALLY_IMMEDIATE;
  }

  /** Takes a row of the indexes. */
  void indexPart(ResultSet row) throws SQLException {
    PostgresTable table = tables.get(row.getLong("oid"));
    if (table == null) {
      return;
    }
    String predicate = row.getString("predicate");
    table.indexPart(
        new Index(
            row.getString("name"),
            row.getBoolean("is_unique"),
            List.of(part(row)),
            predicate == null ? null : Brackets.withoutOuter(predicate),
            row.getString("method"),
            names(row, "included"),
            !row.getBoolean("nulls_equal")));
  }

  private static Index.Part part(ResultSet row) throws SQLException {
    String expression = row.getString("expression");
    String nulls = row.getString("nulls");
    return new Index.Part(
        row.getString("column_name"),
        expression == null ? null : Brackets.withoutOuter(expression),
        row.getBoolean("descending"),
        row.getString("collation"),
        nulls == null ? null : Index.Nulls.valueOf(nulls),
        row.getString("operator_class"));
  }

  /** Returns the tables in order of name. */
  List<Table> finished() {
    return tables.values().stream()
        .map(PostgresTable::finished)
        .sorted(Comparator.comparing(Table::name))
        .toList();
  }
}
