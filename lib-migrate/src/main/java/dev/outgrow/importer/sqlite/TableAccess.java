package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Column;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import dev.outgrow.schema.PrimaryKey;
import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read: which columns are selected, and which of them tell one row from another. A
 * row of a table without a primary key is named by its rowid, which is selected behind the columns.
 *
 * @param table the table
 * @param selected the expressions that are selected, the columns first
 * @param keyNames the names of the key's columns for people
 * @param keyPositions where they are among the selected
 * @param limit the most rows that are read
 * @param condition which rows are read, as SQL; empty for all
 */
record TableAccess(
    Table table,
    List<String> selected,
    List<String> keyNames,
    List<Integer> keyPositions,
    long limit,
    String condition) {
  static final String ALIAS = "c";
  private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

  static TableAccess of(Table table, boolean hasRowid, long limit) {
    List<String> columns = table.columns().stream().map(Column::name).toList();
    List<String> selected = new ArrayList<>(columns.stream().map(TableAccess::quote).toList());
    PrimaryKey key = table.primaryKey();
    if (key != null) {
      List<Integer> positions = key.columns().stream().map(c -> position(columns, c)).toList();
      return new TableAccess(table, selected, key.columns(), positions, limit, "");
    }
    String rowid = rowidName(table, hasRowid);
    if (rowid != null) {
      selected.add(ALIAS + "." + rowid);
      return new TableAccess(table, selected, List.of("rowid"), List.of(columns.size()), limit, "");
    }
    List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
    return new TableAccess(table, selected, columns, all, limit, "");
  }

  /** Returns a name of the rowid that no column has, or null. */
  static @Nullable String rowidName(Table table, boolean hasRowid) {
    List<String> columns = table.columns().stream().map(Column::name).toList();
    return ROWID_NAMES.stream()
        .filter(name -> hasRowid && position(columns, name) < 0)
        .findFirst()
        .orElse(null);
  }

  /** Returns the same access to some of the rows. */
  TableAccess where(String onlyThese) {
    return new TableAccess(table, selected, keyNames, keyPositions, limit, onlyThese);
  }

  /** Returns access to the same rows, named by the same key, with something else selected first. */
  TableAccess selecting(List<String> expressions) {
    List<String> all = new ArrayList<>(expressions);
    keyPositions.forEach(p -> all.add(selected.get(p)));
    List<Integer> positions = IntStream.range(expressions.size(), all.size()).boxed().toList();
    return new TableAccess(table, all, keyNames, positions, limit, condition);
  }

  int selectedColumns() {
    return selected.size();
  }

  /**
   * Reads the table itself and never an index that has all its columns: every walk over the table
   * then meets the rows in the same order.
   */
  String selectSql() {
    return "SELECT " + String.join(", ", selected) + fromSql();
  }

  /** Returns the part of the statement after what is selected. */
  String fromSql() {
    return " FROM "
        + Dialect.SQLITE.quote(table.name())
        + " AS "
        + ALIAS
        + " NOT INDEXED"
        + (condition.isEmpty() ? "" : " WHERE " + condition)
        + limitSql();
  }

  /** Returns a column of the table as SQL. */
  static String quote(String column) {
    return ALIAS + "." + Dialect.SQLITE.quote(column);
  }

  /** Returns what keeps a statement from reading more rows than are wanted. */
  String limitSql() {
    return limit == Long.MAX_VALUE ? "" : " LIMIT " + limit;
  }

  /** Returns the position of the column that is another name for the rowid, or -1. */
  int identityPosition() {
    List<Column> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).identity() != Identity.NONE) {
        return i;
      }
    }
    return -1;
  }

  private static int position(List<String> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (Identifier.folded(columns.get(i)).equals(Identifier.folded(name))) {
        return i;
      }
    }
    return -1;
  }
}
