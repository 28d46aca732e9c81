package dev.outgrow.sql.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.KeyDefinition.Part;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What SQLite's pragmas say of a table that exists, against what was read of its text. */
final class SqliteOracle {
  private final Connection connection;
  private final TableDefinition table;

  private SqliteOracle(Connection connection, TableDefinition table) {
    this.connection = connection;
    this.table = table;
  }

  static void check(Connection connection, TableDefinition table) throws SQLException {
    SqliteOracle oracle = new SqliteOracle(connection, table);
    oracle.checkOptions();
    oracle.checkColumns();
    oracle.checkUniqueKeys();
    oracle.checkForeignKeys();
  }

  /** Returns the text that SQLite keeps of a table. */
  static String sql(Connection connection, String table) throws SQLException {
    return rows(
            connection,
            "SELECT sql FROM sqlite_schema WHERE name = " + Dialect.SQLITE.literal(table))
        .get(0)
        .get(0);
  }

  private void checkOptions() throws SQLException {
    assertThat(pragma("table_list").get(0).subList(4, 6))
        .containsExactly(table.withoutRowid() ? "1" : "0", table.strict() ? "1" : "0");
  }

  private void checkColumns() throws SQLException {
    List<List<String>> rows = pragma("table_xinfo");
    assertThat(table.columns())
        .extracting(ColumnDefinition::name)
        .containsExactlyElementsOf(rows.stream().map(row -> row.get(1)).toList());
    assertThat(table.columns())
        .extracting(ColumnDefinition::type)
        .containsExactlyElementsOf(rows.stream().map(row -> row.get(2)).toList());
    for (int i = 0; i < rows.size(); i++) {
      checkColumn(rows.get(i), table.columns().get(i));
    }
    List<String> key =
        rows.stream()
            .filter(row -> !row.get(5).equals("0"))
            .sorted(Comparator.comparing(row -> Integer.valueOf(row.get(5))))
            .map(row -> Identifier.folded(row.get(1)))
            .toList();
    KeyDefinition written = table.primaryKey();
    assertThat(written == null ? List.of() : folded(written.columns())).isEqualTo(key);
  }

  private void checkColumn(List<String> row, ColumnDefinition column) {
    DefaultValue value = column.defaultValue();
    if (value == null) {
      assertThat(row.get(4)).isEqualTo("null");
    } else {
      assertThat(texts(value.text())).isEqualTo(texts(row.get(4)));
    }
    if (column.notNull() != null) {
      assertThat(row.get(3)).isEqualTo("1");
    } else if (!table.strict() && !table.withoutRowid()) {
      assertThat(row.get(3)).isEqualTo("0");
    }
    String hidden = column.generated() == null ? "0" : column.generated().stored() ? "3" : "2";
    assertThat(row.get(6)).isEqualTo(hidden);
  }

  private void checkUniqueKeys() throws SQLException {
    for (List<String> index : pragma("index_list")) {
      if (index.get(3).equals("c")) {
        continue;
      }
      List<Part> parts = new ArrayList<>();
      for (List<String> part : rows(connection, pragmaOf("index_xinfo", index.get(1)))) {
        if (part.get(5).equals("1")) {
          parts.add(new Part(Identifier.folded(part.get(2)), null, part.get(3).equals("1")));
        }
      }
      List<KeyDefinition> candidates = new ArrayList<>(table.uniqueKeys());
      if (table.primaryKey() != null) {
        candidates.add(table.primaryKey());
      }
      assertThat(candidates).anySatisfy(key -> assertThat(withoutCollation(key)).isEqualTo(parts));
    }
  }

  private static List<Part> withoutCollation(KeyDefinition key) {
    return key.parts().stream()
        .map(part -> new Part(Identifier.folded(part.column()), null, part.descending()))
        .toList();
  }

  private void checkForeignKeys() throws SQLException {
    Map<String, List<List<String>>> byId = new LinkedHashMap<>();
    for (List<String> row : pragma("foreign_key_list")) {
      byId.computeIfAbsent(row.get(0), id -> new ArrayList<>()).add(row);
    }
    // SQLite lists the last one first.
    List<List<List<String>>> keys = new ArrayList<>(byId.values());
    Collections.reverse(keys);
    assertThat(table.foreignKeys()).hasSameSizeAs(keys);
    for (int i = 0; i < keys.size(); i++) {
      checkForeignKey(keys.get(i), table.foreignKeys().get(i));
    }
  }

  private static void checkForeignKey(List<List<String>> rows, ForeignKey key) {
    assertThat(rows).extracting(row -> row.get(2)).containsOnly(key.referencedTable());
    assertThat(folded(rows.stream().map(row -> row.get(3)).toList()))
        .isEqualTo(folded(key.columns()));
    List<String> to = rows.stream().map(row -> row.get(4)).toList();
    List<String> expected = key.referencedColumns();
    assertThat(to).isEqualTo(expected.isEmpty() ? to.stream().map(t -> "null").toList() : expected);
    assertThat(rows).extracting(row -> row.get(5)).containsOnly(key.onUpdate().sql());
    assertThat(rows).extracting(row -> row.get(6)).containsOnly(key.onDelete().sql());
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(Identifier::folded).toList();
  }

  private static List<String> texts(String sql) {
    return Tokenizer.tokens(sql).stream().map(Token::text).toList();
  }

  private List<List<String>> pragma(String pragma) throws SQLException {
    return rows(connection, pragmaOf(pragma, table.name()));
  }

  private static String pragmaOf(String pragma, String name) {
    return "PRAGMA " + pragma + "(" + Dialect.SQLITE.quote(name) + ")";
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    List<List<String>> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        found.add(row);
      }
    }
    return found;
  }
}
