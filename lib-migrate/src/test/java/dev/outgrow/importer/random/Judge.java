package dev.outgrow.importer.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.mapping.NotCarried;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says whether what stands in a schema is what a file holds. It asks SQLite and PostgreSQL
 * themselves, and of the product knows the report alone.
 */
final class Judge {
  private static final String NEXT =
      "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM ";

  private final Connection sqlite;
  private final Connection postgres;
  private final String schema;
  private final ImportReport report;
  private final Charset encoding;
  private final Map<String, String> renamed = new HashMap<>();

  Judge(Connection sqlite, Connection postgres, String schema, ImportReport report)
      throws SQLException {
    this.sqlite = sqlite;
    this.postgres = postgres;
    this.schema = schema;
    this.report = report;
    String name = ask(sqlite, "PRAGMA encoding").get(0).get(0);
    this.encoding =
        "UTF-16le".equals(name)
            ? StandardCharsets.UTF_16LE
            : "UTF-16be".equals(name) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    report.renamed().forEach(r -> renamed.put(r.kind() + r.from(), r.to()));
  }

  /** Compares all there is, and returns the types the columns became. */
  Set<String> check() throws SQLException {
    assertThat(report.verified()).isTrue();
    List<String> tables = new ArrayList<>();
    for (List<@Nullable String> row :
        ask(
            sqlite,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
      tables.add(String.valueOf(row.get(0)));
    }
    assertThat(report.tables()).extracting(TableReport::name).hasSameElementsAs(tables);
    assertThat(
            ask(
                postgres,
                "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = ?::regnamespace",
                quoted(schema)))
        .isEqualTo(List.of(List.of("" + tables.size())));
    Set<String> types = new TreeSet<>();
    for (String table : tables) {
      types.addAll(new Table(table).check());
    }
    extras();
    return types;
  }

  private void extras() throws SQLException {
    for (List<@Nullable String> row :
        ask(sqlite, "SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'trigger')")) {
      String name = String.valueOf(row.get(1));
      boolean view = "view".equals(row.get(0));
      String sql =
          view
              ? "SELECT 1 FROM pg_views WHERE schemaname = ? AND viewname = ?"
              : "SELECT 1 FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = to_regnamespace(quote_ident(?)) AND tgname = ?";
      assertThat(
              !ask(postgres, sql, schema, target(view ? "table" : "trigger", name)).isEmpty()
                  || named(view ? Kind.VIEW : Kind.TRIGGER, name))
          .as("%s %s", row.get(0), name)
          .isTrue();
    }
  }

  private String target(String kind, String name) {
    return renamed.getOrDefault(kind + name, name);
  }

  private boolean named(Kind kind, String part) {
    return report.notCarried().stream().anyMatch(n -> n.kind() == kind && n.name().contains(part));
  }

  private long count(Kind kind, String table) {
    return report.notCarried().stream()
        .filter(n -> n.kind() == kind && n.name().startsWith(table))
        .map(NotCarried::reason)
        .count();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns the rows of a query as text. */
  static List<List<@Nullable String>> ask(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<List<@Nullable String>> found = new ArrayList<>();
        while (rows.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(rows.getString(i));
          }
          found.add(row);
        }
        return found;
      }
    }
  }

  /** One table on both sides. */
  private final class Table {
    private final String source;
    private final String target;
    private final String regclass;
    private final List<String> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    Table(String source) throws SQLException {
      this.source = source;
      this.target = target("table", source);
      this.regclass = quoted(schema) + "." + quoted(target);
      for (List<@Nullable String> row :
          ask(
              sqlite,
              "SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid",
              source)) {
        columns.add(String.valueOf(row.get(0)));
      }
      for (List<@Nullable String> row :
          ask(
              postgres,
              "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                  + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
              regclass)) {
        targets.add(String.valueOf(row.get(0)));
        types.add(String.valueOf(row.get(1)));
      }
    }

    List<String> check() throws SQLException {
      assertThat(targets).as("columns of %s", source).hasSameSizeAs(columns);
      rows();
      columnsKeepWhatTheyDeclare();
      keys();
      references();
      checks();
      nextId();
      return types;
    }

    private void rows() throws SQLException {
      List<List<Cell>> held = held();
      List<List<@Nullable String>> printed =
          ask(
              postgres,
              "SELECT "
                  + String.join(", ", targets.stream().map(t -> quoted(t) + "::text").toList())
                  + " FROM "
                  + regclass);
      assertThat(printed).as("rows of %s", source).hasSameSizeAs(held);
      assertThat(
              report.tables().stream()
                  .filter(t -> t.name().equals(source))
                  .findFirst()
                  .orElseThrow()
                  .rowsVerified())
          .isEqualTo(held.size());
      List<List<@Nullable String>> left = new ArrayList<>(printed);
      for (List<Cell> row : held) {
        assertThat(removeFirstMatch(left, row))
            .as("row %s of %s as %s among %s", row, source, types, left)
            .isTrue();
      }
    }

    private boolean removeFirstMatch(List<List<@Nullable String>> left, List<Cell> row) {
      for (int i = 0; i < left.size(); i++) {
        boolean all = true;
        for (int c = 0; c < row.size() && all; c++) {
          all = ValueRule.matches(types.get(c), row.get(c), left.get(i).get(c));
        }
        if (all) {
          left.remove(i);
          return true;
        }
      }
      return false;
    }

    private List<List<Cell>> held() throws SQLException {
      String cells = String.join(", ", columns.stream().map(c -> Cell.columns(quoted(c))).toList());
      try (PreparedStatement statement =
              sqlite.prepareStatement("SELECT " + cells + " FROM " + quoted(source));
          ResultSet rows = statement.executeQuery()) {
        List<List<Cell>> held = new ArrayList<>();
        while (rows.next()) {
          List<Cell> row = new ArrayList<>();
          for (int c = 0; c < columns.size(); c++) {
            row.add(Cell.read(rows, 1 + 4 * c, encoding));
          }
          held.add(row);
        }
        return held;
      }
    }

    private void columnsKeepWhatTheyDeclare() throws SQLException {
      List<List<@Nullable String>> declared =
          ask(
              sqlite,
              "SELECT \"notnull\", dflt_value IS NOT NULL AND upper(dflt_value) <> 'NULL', hidden,"
                  + " pk > 0 AND upper(type) = 'INTEGER' FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid",
              source);
      List<List<@Nullable String>> made =
          ask(
              postgres,
              "SELECT attnotnull, atthasdef FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
              regclass);
      for (int i = 0; i < columns.size(); i++) {
        List<@Nullable String> column = declared.get(i);
        String name = source + "." + columns.get(i);
        if ("1".equals(column.get(0))) {
          assertThat("t".equals(made.get(i).get(0)) || named(Kind.NOT_NULL, name))
              .as("NOT NULL of %s", name)
              .isTrue();
        }
        if ("1".equals(column.get(1)) && "0".equals(column.get(2)) && "0".equals(column.get(3))) {
          assertThat("t".equals(made.get(i).get(1)) || named(Kind.DEFAULT, name))
              .as("default of %s", name)
              .isTrue();
        }
      }
    }

    /** Each unique key and index is there, over as many columns, or named. */
    private void keys() throws SQLException {
      for (List<@Nullable String> index :
          ask(
              sqlite,
              "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?)",
              source)) {
        List<List<@Nullable String>> parts =
            ask(
                sqlite,
                "SELECT DISTINCT name FROM pragma_index_xinfo(?) WHERE key = 1",
                String.valueOf(index.get(0)));
        String origin = String.valueOf(index.get(2));
        String name = String.valueOf(index.get(0));
        if (origin.equals("c")) {
          boolean there =
              !ask(
                      postgres,
                      "SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = ?::regclass"
                          + " AND relname = ? AND indisunique = (? = '1') AND (indpred IS NOT NULL) = (? = '1')",
                      regclass,
                      target("index", name),
                      String.valueOf(index.get(1)),
                      String.valueOf(index.get(3)))
                  .isEmpty();
          assertThat(there || named(Kind.INDEX, name)).as("index %s of %s", name, source).isTrue();
        } else {
          assertThat(
                  isUnique(parts)
                      || named(origin.equals("u") ? Kind.UNIQUE_KEY : Kind.PRIMARY_KEY, source))
              .as("%s %s of %s", origin, parts, source)
              .isTrue();
        }
      }
    }

    private boolean isUnique(List<List<@Nullable String>> parts) throws SQLException {
      String[] names =
          parts.stream()
              .map(p -> targets.get(columns.indexOf(p.get(0))))
              .sorted()
              .toArray(String[]::new);
      List<List<@Nullable String>> unique =
          ask(
              postgres,
              "SELECT array_agg(coalesce(attname, '') ORDER BY attname COLLATE \"C\")::text FROM pg_index i CROSS JOIN unnest(indkey) k"
                  + " LEFT JOIN pg_attribute a ON attrelid = indrelid AND attnum = k"
                  + " WHERE indrelid = ?::regclass AND indisunique AND indpred IS NULL GROUP BY indexrelid",
              regclass);
      List<@Nullable String> wanted =
          ask(
                  postgres,
                  "SELECT array_agg(n ORDER BY n COLLATE \"C\")::text FROM unnest(string_to_array(?, '\u0001')) n",
                  String.join("\u0001", names))
              .get(0);
      int size = names.length;
      return unique.contains(wanted)
          || !ask(
                  postgres,
                  "SELECT 1 FROM pg_index WHERE indrelid = ?::regclass AND indisunique AND indpred IS NULL AND indexprs IS NOT NULL AND indnkeyatts = ?::int",
                  regclass,
                  "" + size)
              .isEmpty();
    }

    private void references() throws SQLException {
      Map<String, List<String>> keys = new TreeMap<>();
      for (List<@Nullable String> row :
          ask(
              sqlite,
              "SELECT id, \"from\" FROM pragma_foreign_key_list(?) ORDER BY id, seq",
              source)) {
        keys.computeIfAbsent(String.valueOf(row.get(0)), k -> new ArrayList<>())
            .add(String.valueOf(row.get(1)));
      }
      long made =
          ask(
                  postgres,
                  "SELECT 1 FROM pg_constraint WHERE conrelid = ?::regclass AND contype = 'f'",
                  regclass)
              .size();
      assertThat(made + count(Kind.FOREIGN_KEY, source + "("))
          .as("foreign keys %s of %s", keys, source)
          .isEqualTo(keys.size());
    }

    private void checks() throws SQLException {
      String sql =
          String.valueOf(
              ask(sqlite, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", source)
                  .get(0)
                  .get(0));
      int declared = sql.split(" CHECK \\(", -1).length - 1;
      long made =
          ask(
                  postgres,
                  "SELECT 1 FROM pg_constraint WHERE conrelid = ?::regclass AND contype = 'c'",
                  regclass)
              .size();
      assertThat(made + count(Kind.CHECK, source))
          .as("checks of %s", source)
          .isGreaterThanOrEqualTo(declared);
    }

    /** What the database numbers next is free, and follows the last that was handed out. */
    private void nextId() throws SQLException {
      for (int i = 0; i < columns.size(); i++) {
        String sequence =
            ask(postgres, "SELECT pg_get_serial_sequence(?, ?)", regclass, targets.get(i))
                .get(0)
                .get(0);
        if (sequence == null) {
          continue;
        }
        String largest =
            ask(
                    sqlite,
                    "SELECT max(0, coalesce(max("
                        + quoted(columns.get(i))
                        + "), 0)) FROM "
                        + quoted(source))
                .get(0)
                .get(0);
        long last = Math.max(Long.parseLong(String.valueOf(largest)), handedOut());
        if (last < Long.MAX_VALUE) {
          assertThat(ask(postgres, NEXT + sequence).get(0).get(0))
              .as("next id of %s", source)
              .isEqualTo("" + (last + 1));
        }
      }
    }

    private long handedOut() throws SQLException {
      if (ask(sqlite, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty()) {
        return 0;
      }
      return ask(sqlite, "SELECT seq FROM sqlite_sequence WHERE name = ?", source).stream()
          .mapToLong(r -> Long.parseLong(String.valueOf(r.get(0))))
          .max()
          .orElse(0);
    }
  }
}
