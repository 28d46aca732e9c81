package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.error.StatementException;
import dev.outgrow.importer.copy.CopyWriter;
import dev.outgrow.importer.copy.RowEncoder;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.progress.RowsSent;
import dev.outgrow.importer.source.RowCursor;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.verify.SourceDigester;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies tables: this thread reads, encodes and digests, another one sends. */
final class Loader {
  private static final int PROGRESS_ROWS = 10_000;
  private static final int PROGRESS_BYTES = 8 << 20;

  private final Connection connection;
  private final Buffers buffers;

  Loader(Connection connection, Buffers buffers) {
    this.connection = connection;
    this.buffers = buffers;
  }

  Loaded load(Step.Load step, RowCursor rows, RowsSent progress) {
    String doing = "Copying table " + step.table().source();
    SourceDigester digester = new SourceDigester(step.table(), rows.row());
    try (CopyPipe pipe = new CopyPipe(doing, connection, begin(step.statement(), doing), buffers)) {
      CopyWriter writer = new CopyWriter(pipe, pipe.first());
      long sent = send(step, rows, digester, writer, progress);
      requireAll(sent, pipe.complete(), doing);
      return new Loaded(digester.digest(), writer.written());
    } catch (StatementException e) {
      throw told(e);
    }
  }

  /** Copies one row, wherever its cursor stands. */
  void loadOne(Step.Load step, RowEncoder encoder, SourceRow row) {
    String doing = "Copying a row of table " + step.table().source();
    try (CopyPipe pipe = new CopyPipe(doing, connection, begin(step.statement(), doing), buffers)) {
      CopyWriter writer = new CopyWriter(pipe, pipe.first());
      writer.header();
      encoder.write(row, writer);
      writer.trailer();
      requireAll(1, pipe.complete(), doing);
    } catch (StatementException e) {
      throw told(e);
    }
  }

  private static OutgrowException told(StatementException failure) {
    return RowTooLargeException.isCauseOf(failure) ? new RowTooLargeException(failure) : failure;
  }

  private static long send(
      Step.Load step,
      RowCursor rows,
      SourceDigester digester,
      CopyWriter writer,
      RowsSent progress) {
    RowEncoder encoder = RowEncoder.of(step.table());
    long count = 0;
    long told = 0;
    writer.header();
    while (rows.next()) {
      encoder.write(rows.row(), writer);
      digester.add();
      if (++count % PROGRESS_ROWS == 0 || writer.written() >= told + PROGRESS_BYTES) {
        told = writer.written();
        progress.sent(count, told);
      }
    }
    writer.trailer();
    return count;
  }

  private CopyIn begin(String sql, String doing) {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  private static void requireAll(long sent, long accepted, String doing) {
    if (sent != accepted) {
      throw new StatementException(
          doing + " failed: the server took " + accepted + " rows of " + sent + ".",
          "Look for what on the server drops rows; nothing of this import was kept.",
          null,
          null);
    }
  }
}
