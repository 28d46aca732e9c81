package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.plan.RejectSql;
import dev.outgrow.importer.reject.RejectJson;
import dev.outgrow.importer.reject.TableRejects;
import dev.outgrow.importer.report.Reject;
import dev.outgrow.importer.source.RawRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes rejected rows into their tables, in batches. What a row has beyond 1 MiB of text and blobs
 * goes into a table of pieces, so that no value is larger than PostgreSQL or memory can hold.
 * <em>Not thread-safe.</em>
 */
final class RejectTables implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;
  private static final int BATCH_CHARACTERS = 4 << 20;
  private static final int BATCH_ROWS = 500;
  private static final int PIECE = 1 << 20;

  private final PreparedStatement rows;
  private final PreparedStatement pieces;
  private long id;
  private int batchRows;
  private long batchCharacters;

  private RejectTables(PreparedStatement rows, PreparedStatement pieces) {
    this.rows = rows;
    this.pieces = pieces;
  }

  static RejectTables open(Connection connection, ImportNames names) throws SQLException {
    return new RejectTables(
        connection.prepareStatement(RejectSql.insert(names)),
        connection.prepareStatement(RejectSql.insertPiece(names)));
  }

  /** Writes the rejected rows of one table. */
  void write(TableRejects rejects) {
    List<String> columns = rejects.columns();
    RejectJson json = new RejectJson(columns, MOST_BYTES, (row, i) -> keep(columns.get(i), row, i));
    rejects.feed().handOut((reject, row) -> keep(json, reject, row));
    flush();
  }

  private void keep(RejectJson json, Reject reject, RawRow row) {
    id++;
    String values = json.text(row);
    try {
      rows.setLong(1, id);
      rows.setString(2, reject.table());
      rows.setString(3, reject.key());
      rows.setString(4, reject.column());
      rows.setString(5, reject.reason());
      rows.setString(6, values);
      rows.addBatch();
    } catch (SQLException e) {
      throw failure(e);
    }
    batchCharacters += values.length();
    if (++batchRows >= BATCH_ROWS || batchCharacters >= BATCH_CHARACTERS) {
      flush();
    }
  }

  private void keep(String name, RawRow row, int column) {
    AtomicInteger count = new AtomicInteger();
    row.pieces(
        column,
        bytes -> {
          for (int from = 0; from < bytes.length; from += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
            keep(name, count.incrementAndGet(), piece);
          }
        });
  }

  private void keep(String name, int number, byte[] piece) {
    try {
      pieces.setLong(1, id);
      pieces.setString(2, name);
      pieces.setInt(3, number);
      pieces.setBytes(4, piece);
      pieces.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private void flush() {
    try {
      rows.executeBatch();
      batchRows = 0;
      batchCharacters = 0;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static OutgrowException failure(SQLException e) {
    return SqlFailures.translate(e, "Keeping rejected rows");
  }

  @Override
  public void close() throws SQLException {
    try (rows;
        pieces) {
      rows.clearBatch();
    }
  }
}
