package dev.outgrow.importer.file;

import dev.outgrow.sql.Dialect;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table that keeps its own rows, and how they are asked for.
 *
 * <p><em>Immutable.</em>
 *
 * @param name its name
 * @param written the columns that are written; the first one is the rowid if {@code byRowid}
 * @param computed the columns that SQLite computes
 * @param byRowid whether its rows have a number that can be asked for
 * @param key the positions among {@code written} that tell a row from others
 * @since 0.1
 */
public record StoredTable(
    String name, List<String> written, List<String> computed, boolean byRowid, List<Integer> key) {

  /** Copies the lists. */
  public StoredTable {
    written = List.copyOf(written);
    computed = List.copyOf(computed);
    key = List.copyOf(key);
  }

  /** Returns the columns with those that SQLite computes behind. */
  public List<String> columns() {
    return Stream.concat(written.stream(), computed.stream()).toList();
  }

  /**
   * Returns what asks for the rows, always in the same order: the table itself is read, and never
   * an index that has all its columns.
   */
  String selectSql(List<String> columns, long most) {
    return "SELECT "
        + columns.stream().map(c -> "c." + quote(c)).collect(Collectors.joining(", "))
        + " FROM "
        + quote(name)
        + " AS c NOT INDEXED"
        + (most == Long.MAX_VALUE ? "" : " LIMIT " + most);
  }

  /**
   * Returns what writes a row.
   *
   * @param texts the positions whose bytes are text
   */
  String insertSql(BitSet texts) {
    return "INSERT INTO main."
        + quote(name)
        + " ("
        + written.stream().map(StoredTable::quote).collect(Collectors.joining(", "))
        + ") VALUES ("
        + IntStream.range(0, written.size())
            .mapToObj(i -> texts.get(i) ? "CAST(? AS TEXT)" : "?")
            .collect(Collectors.joining(", "))
        + ")";
  }

  /** Returns what writes a row, of whose values none needs to be called text. */
  public String insertSql() {
    return insertSql(new BitSet());
  }

  /** Returns what reads all rows back. */
  public String selectSql() {
    return selectSql(columns(), Long.MAX_VALUE);
  }

  static String quote(String name) {
    return Dialect.SQLITE.quote(name);
  }
}
