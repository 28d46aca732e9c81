package dev.outgrow.exporter;

import dev.outgrow.error.StatementException;
import dev.outgrow.importer.mapping.TargetType.Base;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a table with large ones. The server sends a row in one message, so that it would have
 * to be in memory as a whole: here a large value comes behind its row, in pieces, each in a row of
 * its own. In the row itself it is null, and behind all columns stands how many bytes it has.
 *
 * <p>A value is taken out of its storage once for all of its pieces: out of compressed storage each
 * would else take as long as all before it together. <em>Not thread-safe.</em>
 */
final class LargeRows implements Pieces {
  private static final int PIECE = 1 << 20;
  private static final long LEAST_LARGE = 8 << 10;
  private static final long MOST_ROW = 4 << 20;
  private static final int ROW = -1;

  private final CopyRows rows;
  private final List<ExportColumn> columns;
  private final int[] lengths;
  private int column;
  private int at;
  private int left;

  /** Reads what {@link #select} asks for. */
  LargeRows(PgSnapshot snapshot, ExportTable table, String order) throws SQLException {
    // Workers in parallel would mix the pieces up, and a cache of rows would keep them all.
    snapshot.run("SET LOCAL max_parallel_workers_per_gather = 0");
    snapshot.run("SET LOCAL enable_memoize = off");
    this.columns = table.columns();
    this.lengths = new int[columns.size()];
    this.rows =
        new CopyRows(snapshot.copy(select(table, order)), 2 * columns.size() + 2, message -> {});
  }

  /** Returns whether a table has a row that is too large to be in memory as a whole. */
  static boolean has(PgSnapshot snapshot, ExportTable table) throws SQLException {
    long most = mostWhole(table.columns().size());
    String large =
        table.columns().stream()
            .filter(LargeRows::isBytes)
            .map(c -> size(c, "(" + c.sql() + ")") + " > " + most)
            .collect(Collectors.joining(" OR "));
    return !large.isEmpty()
        && snapshot.number(keptElsewhere(table)) > 0
        && snapshot.number(
                "SELECT EXISTS (SELECT FROM " + table.relation() + " WHERE " + large + ")::int")
            > 0;
  }

  /** What PostgreSQL keeps in the row, compressed or not, makes no large one. */
  private static String keptElsewhere(ExportTable table) {
    return "SELECT sum(pg_catalog.pg_relation_size(reltoastrelid))::bigint FROM pg_catalog.pg_class"
        + " WHERE reltoastrelid <> 0 AND "
        + table.parts("oid");
  }

  /** The values that are not large make no large row together. */
  private static long mostWhole(int columns) {
    return Math.max(LEAST_LARGE, Math.min(PIECE, MOST_ROW / columns));
  }

  private static String select(ExportTable table, String order) {
    long most = mostWhole(table.columns().size());
    List<String> selected = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    StringBuilder pieces = new StringBuilder();
    for (int i = 0; i < table.columns().size(); i++) {
      ExportColumn column = table.columns().get(i);
      String name = "o." + Dialect.POSTGRESQL.quote(column.target());
      if (isBytes(column)) {
        String large = "coalesce(" + size(column, name) + " > " + most + ", false)";
        String bytes = bytes(column, name);
        selected.add("CASE WHEN p.no < 0 AND NOT " + large + " THEN " + name + " END");
        lengths.add(
            "CASE WHEN p.no < 0 AND " + large + " THEN pg_catalog.octet_length(" + bytes + ") END");
        pieces.append(pieces(i, bytes, large));
      } else {
        selected.add("CASE WHEN p.no < 0 THEN " + name + " END");
        lengths.add("NULL::integer");
      }
    }
    return "SELECT "
        + String.join(", ", selected)
        + ", p.no, p.piece, "
        + String.join(", ", lengths)
        + " FROM ("
        + table.select()
        + order
        + " OFFSET 0) AS o CROSS JOIN LATERAL (SELECT -1 AS no, NULL::bytea AS piece"
        + pieces
        + ") AS p";
  }

  /** The subquery keeps its OFFSET so that the server computes it once, not once for each piece. */
  private static String pieces(int position, String bytes, String large) {
    return " UNION ALL SELECT "
        + position
        + ", pg_catalog.substring(c.v, i.no * "
        + PIECE
        + " + 1, "
        + PIECE
        + ") FROM (SELECT "
        + bytes
        + " AS v WHERE "
        + large
        + " OFFSET 0) AS c CROSS JOIN LATERAL pg_catalog.generate_series(0,"
        + " (pg_catalog.octet_length(c.v) - 1) / "
        + PIECE
        + ") AS i(no)";
  }

  private static String bytes(ExportColumn column, String name) {
    return column.type().base() == Base.BYTEA
        ? "pg_catalog.substring(" + name + ", 1)"
        : "pg_catalog.convert_to(" + name + "::text, 'UTF8')";
  }

  /** Of bytes and text the server knows it without taking them out of their storage. */
  private static String size(ExportColumn column, String value) {
    String text = column.type().base() == Base.BYTEA ? "" : "::text";
    return "pg_catalog.octet_length(" + value + text + ")";
  }

  private static boolean isBytes(ExportColumn column) {
    return switch (column.type().base()) {
      case TEXT, VARCHAR, JSON, JSONB, BYTEA -> true;
      default -> false;
    };
  }

  /** Moves to the next row, and returns whether there is one. */
  boolean next() throws SQLException {
    if (!rows.next()) {
      return false;
    }
    if (position() != ROW) {
      throw broken("pieces of a value that is whole");
    }
    for (int i = 0; i < lengths.length; i++) {
      int place = columns.size() + 2 + i;
      lengths[i] = rows.length(place) < 0 ? 0 : Forms.int32(rows.bytes(), rows.place(place));
    }
    column = -1;
    left = 0;
    return true;
  }

  /** Returns the row, whose first columns are the table's. */
  CopyRows row() {
    return rows;
  }

  /** Returns how many bytes of a value come behind the row; 0 where it is in it. */
  int length(int position) {
    return lengths[position];
  }

  /** Returns whether a value that comes behind the row is text. */
  boolean isText(int position) {
    return columns.get(position).type().base() != Base.BYTEA;
  }

  @Override
  public void read(byte[] into, int offset, int length) throws SQLException, IOException {
    int done = 0;
    while (done < length) {
      if (left == 0) {
        piece();
      }
      int part = Math.min(length - done, left);
      System.arraycopy(rows.bytes(), at, into, offset + done, part);
      at += part;
      left -= part;
      done += part;
    }
  }

  /** That pieces come in order is not taken on trust. */
  private void piece() throws SQLException {
    while (column < 0 || lengths[column] == 0) {
      if (++column == lengths.length) {
        throw broken("too few values");
      }
    }
    int place = columns.size() + 1;
    if (!rows.next() || position() != column) {
      throw broken("the pieces of a value in another order");
    }
    at = rows.place(place);
    left = rows.length(place);
    lengths[column] -= left;
    if (left <= 0 || lengths[column] < 0) {
      throw broken("a piece of another length");
    }
  }

  private int position() {
    return Forms.int32(rows.bytes(), rows.place(columns.size()));
  }

  private static StatementException broken(String sent) {
    return CopyRows.broken(sent);
  }
}
