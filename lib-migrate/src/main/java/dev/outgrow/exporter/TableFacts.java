package dev.outgrow.exporter;

import dev.outgrow.sql.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What SQLite says of a table that it has made.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param root the first page of its tree
 * @param plain whether its rows are a tree by row id, and nothing else is stored with them
 * @param columns its columns with values of their own
 * @param rowid the name of the column that is the row's id; empty if there is none
 * @param indexed whether keys of it have indexes of their own
 * @param counting whether it counts ids on ({@code AUTOINCREMENT})
 */
record TableFacts(
    String name,
    int root,
    boolean plain,
    List<Column> columns,
    String rowid,
    boolean indexed,
    boolean counting) {
  private static final Dialect SQL = Dialect.SQLITE;
  private static final String VIRTUAL_COLUMN = "2";
  private static final String STORED_COLUMN = "3";

  /** A column with values of its own. */
  record Column(String name, Affinity affinity) {}

  /** Copies the list. */
  TableFacts {
    columns = List.copyOf(columns);
  }

  /** Asks SQLite about a table. */
  static TableFacts of(SqliteDraft file, String name) throws SQLException {
    String literal = SQL.literal(name);
    List<String> master =
        file.query(
                "SELECT rootpage, sql FROM sqlite_master WHERE type = 'table' AND name = "
                    + literal)
            .get(0);
    List<String> kind =
        file.query(
                "SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND name = "
                    + literal)
            .get(0);
    List<List<String>> info =
        file.query("SELECT name, type, pk, hidden FROM pragma_table_xinfo(" + literal + ")");
    List<List<String>> keys = file.query("SELECT origin FROM pragma_index_list(" + literal + ")");
    List<Column> columns = new ArrayList<>();
    List<List<String>> key = info.stream().filter(c -> !c.get(2).equals("0")).toList();
    for (List<String> column : info) {
      if (!isComputed(column)) {
        columns.add(new Column(column.get(0), Affinity.of(column.get(1))));
      }
    }
    boolean stored = info.stream().anyMatch(c -> c.get(3).equals(STORED_COLUMN));
    boolean hasKeyIndex = keys.contains(List.of("pk"));
    boolean isRowid =
        key.size() == 1 && key.get(0).get(1).equalsIgnoreCase("INTEGER") && !hasKeyIndex;
    boolean plain = kind.get(0).equals("table") && kind.get(1).equals("0") && !stored;
    return new TableFacts(
        name,
        Integer.parseInt(master.get(0)),
        plain,
        columns,
        plain && isRowid ? key.get(0).get(0) : "",
        keys.stream().anyMatch(k -> !k.get(0).equals("c")),
        isRowid && master.get(1).toUpperCase(Locale.ROOT).contains("AUTOINCREMENT"));
  }

  private static boolean isComputed(List<String> column) {
    return column.get(3).equals(VIRTUAL_COLUMN) || column.get(3).equals(STORED_COLUMN);
  }

  /** Returns whether the rows can be written as pages: all of them, with all their columns. */
  boolean takesPages(ExportTable table) {
    List<String> carried = table.columns().stream().map(ExportColumn::source).toList();
    List<String> own = columns.stream().map(Column::name).toList();
    return plain && carried.equals(own) && (rowid.isEmpty() || isWholeKey(table));
  }

  private boolean isWholeKey(ExportTable table) {
    ExportColumn id =
        table.columns().stream().filter(c -> c.source().equals(rowid)).findFirst().orElseThrow();
    boolean whole =
        switch (id.type().base()) {
          case SMALLINT, INTEGER, BIGINT -> true;
          default -> false;
        };
    return whole && table.key().equals(List.of(id.target()));
  }
}
