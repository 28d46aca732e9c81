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
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies tables: this thread reads, encodes and digests, another one sends. */
final class Loader {
  private static final int PROGRESS_ROWS = 10_000;
  private static final int PROGRESS_BYTES = 8 << 20;

  private final Connection connection;
  private final Buffers buffers;
  private final Streams streams;

  /** Makes one that copies over one connection. */
  Loader(Connection connection, Buffers buffers) {
    this(connection, buffers, Streams.of(1));
  }

  Loader(Connection connection, Buffers buffers, Streams streams) {
    this.connection = connection;
    this.buffers = buffers;
    this.streams = streams;
  }

  Loaded load(Step.Load step, RowCursor rows, RowsSent progress) {
    return load(step, rows, progress, null);
  }

  /** Copies a table over other connections, too, if it is large. */
  Loaded load(Step.Load step, RowCursor rows, RowsSent progress, @Nullable SpareSessions spare) {
    String doing = "Copying table " + step.table().source();
    SourceDigester digester = new SourceDigester(step.table(), rows.row());
    try (CopyStreams copy = new CopyStreams(step.statement(), doing, buffers, streams, spare)) {
      copy.begin(connection);
      copy.complete(send(step, rows, digester, copy, progress));
      return new Loaded(digester.digest(), copy.written());
    } catch (StatementException e) {
      throw told(e);
    }
  }

  /** Returns over how many connections a large table goes. */
  Streams streams() {
    return streams;
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
      CopyStreams copy,
      RowsSent progress) {
    RowEncoder encoder = RowEncoder.of(step.table());
    long count = 0;
    long told = 0;
    while (rows.next()) {
      encoder.write(rows.row(), copy.next());
      digester.add();
      if (++count % PROGRESS_ROWS == 0 || copy.written() >= told + PROGRESS_BYTES) {
        told = copy.written();
        progress.sent(count, told);
      }
    }
    return count;
  }

  private CopyIn begin(String sql, String doing) {
    try {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  static void requireAll(long sent, long accepted, String doing) {
    if (sent != accepted) {
      throw new StatementException(
          doing + " failed: the server took " + accepted + " rows of " + sent + ".",
          "Look for what on the server drops rows; nothing of this import was kept.",
          null,
          null);
    }
  }
}
