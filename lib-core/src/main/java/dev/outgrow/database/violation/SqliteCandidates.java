package dev.outgrow.database.violation;

import dev.outgrow.error.ConstraintException.Kind;
import dev.outgrow.error.ConstraintException.Rule;
import dev.outgrow.schema.Check;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.KeyDefinition;
import dev.outgrow.sql.sqlite.TableDefinition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of the open databases for which SQLite would say a text. */
final class SqliteCandidates {
  private static final String ROWID = "rowid";

  private final Connection connection;
  private final String said;

  SqliteCandidates(Connection connection, String said) {
    this.connection = connection;
    this.said = said;
  }

  /** Primary and unique keys and unique indexes. */
  List<Rule> keys() throws SQLException {
    List<Rule> found = new ArrayList<>();
    for (Table table : tables()) {
      found.addAll(rowids(table));
      for (IndexRow index : indexes(table)) {
        if (index.text(table.name()).equals(said)) {
          found.add(rule(Kind.UNIQUE, table, index.known(), name(table, index)));
        }
      }
    }
    return found;
  }

  /** Columns that must not be null. */
  List<Rule> columns() throws SQLException {
    List<Rule> found = new ArrayList<>();
    for (Table table : tables()) {
      for (ColumnRow column : columnsOf(table)) {
        if ((column.notNull() || column.inKey())
            && said.equals(table.name() + "." + column.name())) {
          found.add(rule(Kind.NOT_NULL, table, List.of(column.name()), null));
        }
      }
    }
    return found;
  }

  /** Checks, which are said by their name or else by their text. */
  List<Rule> checks() throws SQLException {
    List<Rule> found = new ArrayList<>();
    for (Table table : tables()) {
      for (Check check : table.definition().map(TableDefinition::checks).orElse(List.of())) {
        String name = check.name();
        if (said.equals(name == null ? check.expression() : name)) {
          found.add(rule(Kind.CHECK, table, List.of(), name));
        }
      }
    }
    return found;
  }

  /** The rowid, by the column that stands for it if there is one. */
  private List<Rule> rowids(Table table) throws SQLException {
    List<ColumnRow> key = columnsOf(table).stream().filter(ColumnRow::inKey).toList();
    boolean indexed = indexes(table).stream().anyMatch(i -> i.origin().equals("pk"));
    boolean named = key.size() == 1 && !indexed;
    String column = named ? key.get(0).name() : ROWID;
    if (!said.equals(table.name() + "." + column)) {
      return List.of();
    }
    return List.of(rule(Kind.UNIQUE, table, List.of(column), named ? primaryName(table) : null));
  }

  private static @Nullable String primaryName(Table table) {
    return table
        .definition()
        .map(TableDefinition::primaryKey)
        .map(KeyDefinition::name)
        .orElse(null);
  }

  private static @Nullable String name(Table table, IndexRow index) {
    return switch (index.origin()) {
      case "c" -> index.name();
      case "pk" -> primaryName(table);
      default -> uniqueName(table, index.columns());
    };
  }

  private static @Nullable String uniqueName(Table table, List<@Nullable String> columns) {
    Stream<KeyDefinition> keys =
        table.definition().stream().flatMap(definition -> definition.uniqueKeys().stream());
    return keys.filter(key -> same(key.columns(), columns))
        .findFirst()
        .map(KeyDefinition::name)
        .orElse(null);
  }

  /** SQLite does not tell the capitals A to Z of a name from small letters. */
  private static boolean same(List<String> written, List<@Nullable String> names) {
    return written.size() == names.size()
        && Stream.iterate(0, i -> i + 1)
            .limit(names.size())
            .allMatch(i -> written.get(i).equalsIgnoreCase(names.get(i)));
  }

  private static Rule rule(
      Kind kind, Table table, List<String> columns, @Nullable String constraint) {
    return new Rule(kind, null, table.name(), columns, constraint);
  }

  private record Table(String database, String name, String sql) {
    Optional<TableDefinition> definition() {
      return TableDefinition.parse(sql).value();
    }
  }

  private record ColumnRow(String name, boolean notNull, boolean inKey) {}

  /** A unique index; where a column is computed its name is null. */
  private record IndexRow(String name, String origin, List<@Nullable String> columns) {
    String text(String table) {
      return columns.contains(null)
          ? "index '" + name.replace("'", "''") + "'"
          : columns.stream().map(c -> table + "." + c).collect(Collectors.joining(", "));
    }

    List<String> known() {
      return columns.contains(null) ? List.of() : columns.stream().map(String::valueOf).toList();
    }
  }

  private List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String database : databases(connection)) {
      String list =
          "SELECT name, sql FROM "
              + Dialect.SQLITE.quote(database)
              + ".sqlite_schema WHERE type = 'table' AND sql IS NOT NULL";
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(list)) {
        while (rows.next()) {
          tables.add(new Table(database, rows.getString(1), rows.getString(2)));
        }
      }
    }
    return tables;
  }

  static List<String> databases(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM pragma_database_list")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private List<ColumnRow> columnsOf(Table table) throws SQLException {
    List<ColumnRow> columns = new ArrayList<>();
    try (PreparedStatement query =
            ask("SELECT name, \"notnull\", pk FROM pragma_table_xinfo(?, ?)", table);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        columns.add(new ColumnRow(rows.getString(1), rows.getBoolean(2), rows.getInt(3) > 0));
      }
    }
    return columns;
  }

  private List<IndexRow> indexes(Table table) throws SQLException {
    List<IndexRow> indexes = new ArrayList<>();
    try (PreparedStatement query =
            ask("SELECT name, origin FROM pragma_index_list(?, ?) WHERE \"unique\"", table);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String name = rows.getString(1);
        indexes.add(new IndexRow(name, rows.getString(2), parts(table.database(), name)));
      }
    }
    return indexes;
  }

  private List<@Nullable String> parts(String database, String index) throws SQLException {
    List<@Nullable String> parts = new ArrayList<>();
    Table source = new Table(database, index, "");
    try (PreparedStatement query =
            ask("SELECT name FROM pragma_index_xinfo(?, ?) WHERE key ORDER BY seqno", source);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        parts.add(rows.getString(1));
      }
    }
    return parts;
  }

  private PreparedStatement ask(String sql, Table table) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    query.setString(1, table.name());
    query.setString(2, table.database());
    return query;
  }
}
