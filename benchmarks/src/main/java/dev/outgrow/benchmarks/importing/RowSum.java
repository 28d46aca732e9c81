package dev.outgrow.benchmarks.importing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of a table, or some of its columns: how many, and the sum of half the MD5 of each. The
 * server computes it by itself; of the file it is computed by SQLite's library and this class. No
 * code of ours that carries or verifies has a part in it.
 *
 * @param rows how many there are
 * @param sum the sum of their hashes
 */
record RowSum(long rows, BigInteger sum) {

  /** Computes the one of the file. */
  static RowSum ofFile(Path file, Shape shape, List<Column> columns) throws SQLException {
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = sqlite.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + names + " FROM " + shape.name())) {
      MessageDigest md5 = md5();
      MessageDigest ofBlobs = md5();
      BigInteger sum = BigInteger.ZERO;
      long count = 0;
      StringBuilder row = new StringBuilder();
      while (rows.next()) {
        row.setLength(0);
        for (int i = 0; i < columns.size(); i++) {
          row.append(i == 0 ? "" : "|").append(cell(rows, i + 1, columns.get(i), ofBlobs));
        }
        byte[] hash = md5.digest(row.toString().getBytes(StandardCharsets.UTF_8));
        sum = sum.add(BigInteger.valueOf(ByteBuffer.wrap(hash).getLong()));
        count++;
      }
      return new RowSum(count, sum);
    }
  }

  private static String cell(ResultSet rows, int place, Column column, MessageDigest md5)
      throws SQLException {
    String text =
        switch (column.kind()) {
          case INTEGER -> Long.toString(rows.getLong(place));
          case REAL ->
              HexFormat.of().toHexDigits(Double.doubleToRawLongBits(rows.getDouble(place)));
          case TEXT, MOMENT -> rows.getString(place);
          case BLOB -> HexFormat.of().formatHex(md5.digest(rows.getBytes(place)));
        };
    return rows.wasNull() ? "n" : "v" + text;
  }

  /** Has the server compute its own. */
  static RowSum ofServer(Connection postgres, Shape shape, List<Column> columns)
      throws SQLException {
    String row = columns.stream().map(Column::canonical).collect(Collectors.joining(" || '|' || "));
    String sql =
        "SELECT count(*), coalesce(sum(('x' || left(md5(%s), 16))::bit(64)::bigint::numeric), 0) FROM %s"
            .formatted(row, shape.name());
    try (Statement statement = postgres.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return new RowSum(result.getLong(1), result.getBigDecimal(2).toBigIntegerExact());
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
