package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Table;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a table with large rows is read: its rows without their large cells, and each of those piece
 * by piece with a statement of its own. The driver hands out a value as a whole only, and has no
 * way to ask for its length.
 *
 * <p>A row is found again by its rowid, or, where a table has none that can be named, by how many
 * stand before it: both statements then walk over the table itself, and not over an index.
 *
 * @param access how its rows are read where none is large
 * @param rowid the name of the rowid, or null
 */
record LargeAccess(TableAccess access, @Nullable String rowid) {
  /** The most bytes of text and blobs of a row that is read as a whole. */
  static final long WHOLE_ROW = 4L << 20;

  private static final long LEAST_LARGE = 8 << 10;
  private static final long MOST_WHOLE = 1 << 20;
  private static final int PIECES_AT_ONCE = 128;

  static LargeAccess of(TableAccess access, boolean hasRowid) {
    return new LargeAccess(access, TableAccess.rowidName(access.table(), hasRowid));
  }

  /** Returns the position of the text that says which cells of a row are large. */
  int listPosition() {
    return access.selectedColumns();
  }

  /** Returns the position of the rowid. */
  int rowidPosition() {
    return access.selectedColumns() + 1;
  }

  /**
   * Selects what {@link TableAccess} does with null for the large cells; then a list of these, as
   * {@code 3t2000000} for two million bytes of text in the fourth column, each on a line, or null;
   * then the rowid.
   */
  String selectSql() {
    List<String> columns = access.table().columns().stream().map(c -> name(c.name())).toList();
    List<String> selected = new ArrayList<>(columns.stream().map(this::unlessLarge).toList());
    selected.addAll(access.selected().subList(columns.size(), access.selectedColumns()));
    List<String> list =
        IntStream.range(0, columns.size()).mapToObj(i -> listed(i, columns.get(i))).toList();
    selected.add("nullif(" + Queries.joined(list, " || ") + ", '')");
    selected.add(rowid == null ? "NULL" : TableAccess.ALIAS + "." + rowid);
    return "SELECT " + String.join(", ", selected) + from() + where("") + access.limitSql();
  }

  /**
   * Selects pieces of a cell that follow each other: the first begins at byte {@code ?1}, counted
   * from 1, of the row {@code ?2}, and each has {@code ?3} bytes.
   */
  String piecesSql(int column) {
    String bytes = "CAST(" + name(access.table().columns().get(column).name()) + " AS BLOB)";
    return IntStream.range(0, piecesAtOnce(column))
            .mapToObj(i -> "substr(" + bytes + ", ?1 + " + i + " * ?3, ?3)")
            .collect(Collectors.joining(", ", "SELECT ", ""))
        + from()
        + (rowid == null
            ? where("") + " LIMIT 1 OFFSET ?2"
            : where(TableAccess.ALIAS + "." + rowid + " = ?2"));
  }

  /**
   * Returns how many pieces are asked for at once. SQLite reads a cell of a rowid table once for
   * all of them, but one of another table, or a computed one, once for each, and holds all these
   * copies.
   */
  int piecesAtOnce(int column) {
    Table table = access.table();
    return rowid == null || table.columns().get(column).generated() != null ? 1 : PIECES_AT_ONCE;
  }

  private String from() {
    String table =
        " FROM main." + Dialect.SQLITE.quote(access.table().name()) + " AS " + TableAccess.ALIAS;
    return rowid == null ? table + " NOT INDEXED" : table;
  }

  /** Writes the conditions of both: which rows are read at all, and which one is meant. */
  private String where(String meant) {
    String conditions =
        Stream.of(access.condition(), meant)
            .filter(c -> !c.isEmpty())
            .map(c -> "(" + c + ")")
            .collect(Collectors.joining(" AND "));
    return conditions.isEmpty() ? "" : " WHERE " + conditions;
  }

  private String unlessLarge(String column) {
    return "CASE WHEN " + isLarge(column) + " THEN NULL ELSE " + column + " END";
  }

  private String listed(int position, String column) {
    return "CASE WHEN "
        + isLarge(column)
        + " THEN '"
        + position
        + "' || substr(typeof("
        + column
        + "), 1, 1) || octet_length("
        + column
        + ") || char(10) ELSE '' END";
  }

  private String isLarge(String column) {
    return "typeof("
        + column
        + ") IN ('text', 'blob') AND octet_length("
        + column
        + ") > "
        + mostWhole();
  }

  /** The cells that are not large make no large row together. */
  private long mostWhole() {
    long share = WHOLE_ROW / access.table().columns().size();
    return Math.max(LEAST_LARGE, Math.min(MOST_WHOLE, share));
  }

  private static String name(String column) {
    return TableAccess.quote(column);
  }
}
