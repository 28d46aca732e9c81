package dev.outgrow.importer.verify;

import dev.outgrow.importer.mapping.ColumnMapping;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statement that reads back a table with large rows. The server sends a row in one message, so
 * a large cell comes ahead of its row, piece by piece, each in a row of its own; in the row itself
 * it is null. Behind the table's columns stand which column a piece belongs to, counted from 0, its
 * number, and how many bytes the whole cell has; in the row itself -1 each.
 *
 * <p>A cell is taken out of its storage once for all of its pieces: out of compressed storage each
 * would else take as long as all before it together.
 */
final class LargeReadBack {
  /** What stands in place of a piece's column for the row itself. */
  static final int ROW = -1;

  /** How many columns stand behind the table's own. */
  static final int EXTRA_COLUMNS = 4;

  private static final int PIECE_BYTES = 1 << 20;
  private static final long LEAST_LARGE = 8 << 10;
  private static final long MOST_ROW = 4 << 20;

  private LargeReadBack() {}

  /** Returns the statement for what stands behind FROM, without a name of its own. */
  static String sql(TableMapping table, String relation) {
    List<ColumnMapping> columns = table.columns();
    long most = mostWhole(columns.size());
    List<String> selected = new ArrayList<>(columns.stream().map(c -> whole(c, most)).toList());
    selected.add("p.column_no, p.piece_no, p.bytes, p.piece");
    String pieces =
        IntStream.range(0, columns.size())
            .filter(i -> isBytes(columns.get(i)))
            .mapToObj(i -> pieces(i, columns.get(i), most) + " UNION ALL ")
            .collect(Collectors.joining());
    return "COPY (SELECT "
        + String.join(", ", selected)
        + " FROM "
        + relation
        + " AS o CROSS JOIN LATERAL ("
        + pieces
        + "SELECT -1 AS column_no, -1 AS piece_no, -1 AS bytes, NULL::bytea AS piece) AS p)"
        + " TO STDOUT (FORMAT binary)";
  }

  /** The cells that are not large make no large row together. */
  private static long mostWhole(int columns) {
    return Math.max(LEAST_LARGE, Math.min(PIECE_BYTES, MOST_ROW / columns));
  }

  private static String whole(ColumnMapping column, long most) {
    String large = isBytes(column) ? " AND NOT " + isLarge(column, most) : "";
    return "CASE WHEN p.column_no < 0" + large + " THEN " + name(column) + " END";
  }

  /** The subquery keeps its OFFSET so that the server computes it once, not once for each piece. */
  private static String pieces(int position, ColumnMapping column, long most) {
    return "SELECT "
        + position
        + " AS column_no, i.no AS piece_no, octet_length(c.v) AS bytes, substring(c.v, i.no * "
        + PIECE_BYTES
        + " + 1, "
        + PIECE_BYTES
        + ") AS piece FROM (SELECT "
        + bytes(column)
        + " AS v WHERE "
        + isLarge(column, most)
        + " OFFSET 0) AS c CROSS JOIN LATERAL generate_series(0, (octet_length(c.v) - 1) / "
        + PIECE_BYTES
        + ") AS i(no)";
  }

  private static String isLarge(ColumnMapping column, long most) {
    return "coalesce(octet_length(" + value(column) + ") > " + most + ", false)";
  }

  private static String bytes(ColumnMapping column) {
    return switch (column.type().base()) {
      case BYTEA -> "substring(" + name(column) + ", 1)";
      default -> "convert_to(" + value(column) + ", 'UTF8')";
    };
  }

  private static String value(ColumnMapping column) {
    return switch (column.type().base()) {
      case VARCHAR, JSON -> name(column) + "::text";
      default -> name(column);
    };
  }

  private static boolean isBytes(ColumnMapping column) {
    return switch (column.type().base()) {
      case TEXT, VARCHAR, JSON, BYTEA -> true;
      default -> false;
    };
  }

  private static String name(ColumnMapping column) {
    return "o." + Dialect.POSTGRESQL.quote(column.target());
  }
}
