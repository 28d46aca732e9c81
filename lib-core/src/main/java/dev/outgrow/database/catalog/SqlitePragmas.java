package dev.outgrow.database.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's pragmas as queries. The name they ask for is bound, never part of the text, so that no
 * name can do harm.
 */
final class SqlitePragmas {
  /** The statement itself is refused; other codes speak of the file or of the connection. */
  private static final int SQLITE_ERROR = 1;

  private static final String PROPERTIES =
      "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'";

  private static final String COLUMNS =
      """
      SELECT name, type, "notnull", dflt_value, pk, hidden
      FROM pragma_table_xinfo(?, 'main') ORDER BY cid
      """;

  private static final String INDEXES =
      """
      SELECT name, "unique", origin, partial
      FROM pragma_index_list(?, 'main') ORDER BY seq DESC
      """;

  private static final String INDEX_PARTS =
      """
      SELECT cid, name, "desc", coll
      FROM pragma_index_xinfo(?, 'main') WHERE "key" ORDER BY seqno
      """;

  private static final String FOREIGN_KEYS =
      """
      SELECT id, "table", "from", "to", on_update, on_delete
      FROM pragma_foreign_key_list(?, 'main') ORDER BY id DESC, seq
      """;

  private final Connection connection;

  SqlitePragmas(Connection connection) {
    this.connection = connection;
  }

  /** Returns whether a failure concerns what was asked for and not the file or the connection. */
  static boolean isOfOneObject(SQLException e) {
    return (e.getErrorCode() & 0xff) == SQLITE_ERROR;
  }

  /** Returns what SQLite says of each of its tables, by their names. */
  Map<String, Properties> properties() throws SQLException {
    Map<String, Properties> found = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PROPERTIES)) {
      while (rows.next()) {
        Properties row =
            new Properties(rows.getString(2), rows.getInt(3) != 0, rows.getInt(4) != 0);
        found.put(rows.getString(1), row);
      }
    }
    return found;
  }

  /** Returns the columns in order, hidden ones too; none if there is no such table. */
  List<ColumnRow> columns(String table) throws SQLException {
    return rows(
        COLUMNS,
        table,
        r ->
            new ColumnRow(
                r.getString(1),
                r.getString(2) == null ? "" : r.getString(2),
                r.getInt(3) != 0,
                r.getString(4),
                r.getInt(5),
                r.getInt(6)));
  }

  /** Returns the indexes in the order in which they were made. */
  List<IndexRow> indexes(String table) throws SQLException {
    return rows(
        INDEXES,
        table,
        r -> new IndexRow(r.getString(1), r.getInt(2) != 0, r.getString(3), r.getInt(4) != 0));
  }

  /** Returns what an index is sorted by, without what SQLite appends to tell rows apart. */
  List<IndexPartRow> indexParts(String index) throws SQLException {
    return rows(
        INDEX_PARTS,
        index,
        r -> new IndexPartRow(r.getInt(1), r.getString(2), r.getInt(3) != 0, r.getString(4)));
  }

  /** Returns one row per column, keys in the order of the text. */
  List<ForeignKeyRow> foreignKeys(String table) throws SQLException {
    return rows(
        FOREIGN_KEYS,
        table,
        r ->
            new ForeignKeyRow(
                r.getInt(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                r.getString(5),
                r.getString(6)));
  }

  /** A statement that was refused once cannot be run again, so that each is used once. */
  private <T> List<T> rows(String sql, String name, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    }
    return found;
  }

  /**
   * What {@code table_list} tells.
   *
   * @param type {@code table}, {@code view}, {@code shadow} or {@code virtual}
   */
  record Properties(String type, boolean withoutRowid, boolean strict) {}

  /**
   * A column as {@code table_xinfo} tells it.
   *
   * @param key its place in the primary key from 1, or 0
   * @param hidden 0 ordinary, 1 hidden in a virtual table, 2 generated, 3 generated and stored
   */
  record ColumnRow(
      String name,
      String type,
      boolean notNull,
      @Nullable String defaultText,
      int key,
      int hidden) {}

  /**
   * An index as {@code index_list} tells it.
   *
   * @param origin {@code c} created, {@code u} of a UNIQUE constraint, {@code pk} of a primary key
   */
  record IndexRow(String name, boolean unique, String origin, boolean partial) {}

  /**
   * A part of an index as {@code index_xinfo} tells it.
   *
   * @param column the column's number, -1 for the rowid, -2 for an expression
   */
  record IndexPartRow(
      int column, @Nullable String name, boolean descending, @Nullable String collation) {}

  /**
   * A column of a foreign key as {@code foreign_key_list} tells it.
   *
   * @param to the referenced column as declared, or null where none is
   */
  record ForeignKeyRow(
      int id, String table, String from, @Nullable String to, String onUpdate, String onDelete) {}

  private interface RowReader<T> {
    T read(ResultSet rows) throws SQLException;
  }
}
