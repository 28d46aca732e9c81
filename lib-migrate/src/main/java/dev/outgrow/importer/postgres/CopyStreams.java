package dev.outgrow.importer.postgres;

import dev.outgrow.database.SqlFailures;
import dev.outgrow.importer.copy.CopyWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies the rows of one table over one connection, and over more as soon as it turns out to be
 * large. Rows are written whole, by turns to each that has room.
 *
 * <p>{@link #complete} is the only way to success; only then what went over the further connections
 * is committed. {@link #close()} without it leaves nothing of them. <em>Not thread-safe.</em>
 */
final class CopyStreams implements AutoCloseable {
  private final String sql;
  private final String doing;
  private final Buffers buffers;
  private final Streams limit;
  private final @Nullable SpareSessions spare;
  private final List<CopyPipe> pipes = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private int turn;
  private boolean all;

  /** One COPY, and how many bytes are to be written to it before it is another's turn. */
  private static final class Stream {
    private final CopyPipe pipe;
    private final CopyWriter writer;
    private long turnEnds;

    Stream(CopyPipe pipe, CopyWriter writer) {
      this.pipe = pipe;
      this.writer = writer;
    }
  }

  /**
   * Prepares.
   *
   * @param sql the COPY statement
   * @param doing what is being done, for error messages
   * @param buffers the memory of all of them
   * @param limit how many there may be
   * @param spare gives the others; null if there are none
   */
  CopyStreams(
      String sql, String doing, Buffers buffers, Streams limit, @Nullable SpareSessions spare) {
    this.sql = sql;
    this.doing = doing;
    this.limit = limit;
    this.spare = spare;
    this.buffers = spare == null ? buffers : buffers.over(limit.most());
    this.all = spare == null || limit.most() == 1;
  }

  /** Begins over a connection, which nobody else uses until this is closed. */
  void begin(Connection connection) {
    try {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      CopyPipe pipe = new CopyPipe(doing, connection, copy, buffers);
      pipes.add(pipe);
      Stream stream = new Stream(pipe, new CopyWriter(pipe, pipe.first()));
      stream.writer.header();
      stream.turnEnds = buffers.chunkBytes();
      streams.add(stream);
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  /** Returns where the next row is to be written. */
  CopyWriter next() {
    Stream current = streams.get(turn);
    boolean alone = all && streams.size() == 1;
    if (!alone && current.writer.written() >= current.turnEnds) {
      takeTurns();
    }
    return streams.get(turn).writer;
  }

  private void takeTurns() {
    if (!all && written() >= limit.bytesEach() * streams.size()) {
      another();
    }
    for (int i = 0; i < streams.size(); i++) {
      turn = (turn + 1) % streams.size();
      if (streams.get(turn).pipe.hasRoom()) {
        break;
      }
    }
    Stream next = streams.get(turn);
    next.turnEnds = next.writer.written() + buffers.chunkBytes();
  }

  private void another() {
    Optional<ImportSession> session = spare == null ? Optional.empty() : spare.another();
    session.ifPresent(s -> begin(s.connection()));
    all = session.isEmpty() || streams.size() == limit.most();
  }

  /** Returns how many bytes were written so far. */
  long written() {
    long written = 0;
    for (int i = 0; i < streams.size(); i++) { // for each row: no iterator
      written += streams.get(i).writer.written();
    }
    return written;
  }

  /**
   * Waits until the server has everything and has accepted it, and commits what did not go over the
   * first connection.
   *
   * @param sent how many rows were written
   */
  void complete(long sent) {
    streams.forEach(s -> s.writer.trailer());
    streams.forEach(s -> s.pipe.end());
    long accepted = 0;
    for (Stream stream : streams) {
      accepted += stream.pipe.complete();
    }
    Loader.requireAll(sent, accepted, doing);
    try {
      if (spare != null) {
        spare.commit();
      }
    } catch (SQLException e) {
      throw SqlFailures.translate(e, doing);
    }
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (CopyPipe pipe : pipes) {
      try {
        pipe.close();
      } catch (RuntimeException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
