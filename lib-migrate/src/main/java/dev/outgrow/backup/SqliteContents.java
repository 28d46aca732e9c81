package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.sql.Dialect;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a SQLite file with the sum of their rows' hashes. A cell counts with its storage
 * class, so that 1, 1.0 and '1' differ; columns that SQLite computes do not count, and the tables
 * of virtual modules do with the tables that they keep their rows in.
 */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class SqliteContents {
  private static final String TABLES =
      """
      SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0
        AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence') ORDER BY name
      """;
  private static final int TOLD_EVERY = 10_000;

  private final Connection connection;
  private final Supervision supervision;

  SqliteContents(Connection connection, Supervision supervision) {
    this.connection = connection;
    this.supervision = supervision;
  }

  List<BackupTable> read() throws SQLException {
    List<BackupTable> tables = new ArrayList<>();
    for (String name : texts(TABLES)) {
      tables.add(table(name));
    }
    return tables;
  }

  private BackupTable table(String name) throws SQLException {
    List<String> columns =
        texts(
            "SELECT name FROM pragma_table_xinfo("
                + Dialect.SQLITE.literal(name)
                + ") WHERE hidden = 0 ORDER BY cid");
    RowSum sum = new RowSum();
    try (Statement statement = connection.createStatement();
        Supervision.Watched watched = supervision.watching(statement::cancel);
        ResultSet rows = statement.executeQuery(select(name, columns))) {
      while (rows.next()) {
        sum.add(hash(rows, columns.size()));
        if (sum.rows() % TOLD_EVERY == 0) {
          supervision.tell(new BackupProgress(Phase.COUNT, name, sum.rows(), 0));
        }
      }
    }
    supervision.tell(new BackupProgress(Phase.COUNT, name, sum.rows(), 0));
    return new BackupTable("main", name, sum.rows(), sum.hex());
  }

  /** Text is read as the bytes it is stored as, which need not be valid. */
  private static String select(String table, List<String> columns) {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      String cell = Dialect.SQLITE.quote(column);
      cells.add("typeof(" + cell + ")");
      cells.add(
          "CASE typeof("
              + cell
              + ") WHEN 'text' THEN CAST("
              + cell
              + " AS BLOB) ELSE "
              + cell
              + " END");
    }
    return "SELECT " + String.join(", ", cells) + " FROM " + Dialect.SQLITE.quote(table);
  }

  private static byte[] hash(ResultSet row, int columns) throws SQLException {
    MessageDigest digest = RowSum.digest();
    for (int column = 0; column < columns; column++) {
      String storage = row.getString(2 * column + 1);
      int at = 2 * column + 2;
      digest.update((byte) storage.charAt(0));
      switch (storage) {
        case "integer" -> digest.update(word(row.getLong(at)));
        case "real" -> digest.update(word(Double.doubleToRawLongBits(row.getDouble(at))));
        case "text", "blob" -> bytes(digest, row.getBytes(at));
        default -> {} // null is its class alone
      }
    }
    return digest.digest();
  }

  private static void bytes(MessageDigest digest, byte @Nullable [] cell) {
    byte[] bytes = cell == null ? new byte[0] : cell; // the driver's word for an empty one
    digest.update(word(bytes.length));
    digest.update(bytes);
  }

  private static byte[] word(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
