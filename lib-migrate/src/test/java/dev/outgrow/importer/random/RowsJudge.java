package dev.outgrow.importer.random;

import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.TableReport;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the rows of a schema are those that SQLite's own library reads in a file, whatever
 * state its definitions are in. Of the product it knows the report alone.
 */
final class RowsJudge {
  private final Connection sqlite;
  private final Connection postgres;
  private final String schema;
  private final ImportReport report;
  private final Charset encoding;

  RowsJudge(Connection sqlite, Connection postgres, String schema, ImportReport report)
      throws SQLException {
    this.sqlite = sqlite;
    this.postgres = postgres;
    this.schema = schema;
    this.report = report;
    String name = Judge.ask(sqlite, "PRAGMA encoding").get(0).get(0);
    this.encoding =
        "UTF-16le".equals(name)
            ? StandardCharsets.UTF_16LE
            : "UTF-16be".equals(name) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }

  /** Returns what is not as it should be, if anything. */
  Optional<String> objection() throws SQLException {
    if (!report.verified()) {
      return Optional.of("it is not verified");
    }
    List<String> names = tables();
    for (TableReport table : report.tables()) {
      Optional<String> objection = table(table);
      if (objection.isPresent()) {
        return objection;
      }
      names.removeIf(table.name()::equalsIgnoreCase); // the schema has the name twice
    }
    return names.stream().filter(n -> !isNamed(n)).findFirst().map(n -> n + " is nowhere");
  }

  /** What a module keeps its rows in belongs to the virtual table. */
  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    for (List<@Nullable String> row :
        Judge.ask(
            sqlite,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")) {
      names.add(String.valueOf(row.get(0)));
    }
    return names;
  }

  private boolean isNamed(String table) {
    return report.notCarried().stream().anyMatch(n -> n.name().contains(table));
  }

  private Optional<String> table(TableReport table) throws SQLException {
    String target =
        report.renamed().stream()
            .filter(r -> r.kind().equals("table") && r.from().equals(table.name()))
            .map(r -> r.to())
            .findFirst()
            .orElse(table.name());
    List<List<@Nullable String>> made =
        Judge.ask(
            postgres,
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            quoted(schema) + "." + quoted(target));
    List<String> selected = sourceColumns(table.name());
    if (selected.size() == made.size() - 1) {
      selected.add(0, "rowid"); // of a virtual table
    }
    if (selected.size() != made.size()) {
      return Optional.of(table.name() + " has other columns");
    }
    List<String> types = made.stream().map(m -> String.valueOf(m.get(1))).toList();
    List<String> printed =
        made.stream().map(m -> quoted(String.valueOf(m.get(0))) + "::text").toList();
    return rows(
        table,
        types,
        held(table.name(), selected),
        Judge.ask(
            postgres,
            "SELECT "
                + String.join(", ", printed)
                + " FROM "
                + quoted(schema)
                + "."
                + quoted(target)));
  }

  private static Optional<String> rows(
      TableReport table,
      List<String> types,
      List<List<Cell>> held,
      List<List<@Nullable String>> printed) {
    if (held.size() != printed.size() || table.rowsVerified() != held.size()) {
      return Optional.of(
          table.name() + " has " + printed.size() + " rows in place of " + held.size());
    }
    List<List<@Nullable String>> left = new ArrayList<>(printed);
    for (List<Cell> row : held) {
      if (!left.removeIf(new First(types, row))) {
        return Optional.of(table.name() + " lacks row " + row + " as " + types + " among " + left);
      }
    }
    return Optional.empty();
  }

  /** Matches one row, the first that is equal. */
  private static final class First implements Predicate<List<@Nullable String>> {
    private final List<String> types;
    private final List<Cell> row;
    private boolean found;

    First(List<String> types, List<Cell> row) {
      this.types = types;
      this.row = row;
    }

    @Override
    public boolean test(List<@Nullable String> candidate) {
      if (found) {
        return false;
      }
      for (int c = 0; c < row.size(); c++) {
        if (!ValueRule.matches(types.get(c), row.get(c), candidate.get(c))) {
          return false;
        }
      }
      found = true;
      return true;
    }
  }

  private List<String> sourceColumns(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (List<@Nullable String> row :
        Judge.ask(
            sqlite,
            "SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid",
            table)) {
      columns.add(quoted(String.valueOf(row.get(0))));
    }
    return columns;
  }

  private List<List<Cell>> held(String table, List<String> columns) throws SQLException {
    String cells = String.join(", ", columns.stream().map(Cell::columns).toList());
    try (PreparedStatement statement =
            sqlite.prepareStatement("SELECT " + cells + " FROM " + quoted(table));
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

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
