package dev.outgrow.exporter;

import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's side of the proof, which another connection works out of the same moment while the
 * rows are carried. <em>Not thread-safe.</em>
 */
final class ServerSide implements AutoCloseable {
  private final PgSnapshot snapshot;
  private final Halt halt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "outgrow-export-proof");
            worker.setDaemon(true);
            return worker;
          });
  private final Set<String> large;
  private final Map<String, CompletableFuture<Checksum>> sums;

  private ServerSide(PgSnapshot snapshot, List<ExportTable> tables, Set<String> large, Halt halt) {
    this.snapshot = snapshot;
    this.large = large;
    this.halt = halt;
    this.sums =
        tables.stream()
            .collect(
                Collectors.toMap(
                    ExportTable::source,
                    t ->
                        CompletableFuture.supplyAsync(
                            () -> sum(t, new Proof(t, Set.of())), thread)));
  }

  /**
   * Begins.
   *
   * @param large names of the tables with rows that are too large to be in memory as a whole
   */
  static ServerSide begin(
      PgSnapshot snapshot, List<ExportTable> tables, Set<String> large, Halt halt)
      throws SQLException {
    return new ServerSide(snapshot.another(halt), tables, large, halt);
  }

  private Checksum sum(ExportTable table, Proof proof) {
    halt.check();
    try {
      return new Verifier(snapshot.connection(), snapshot.schemaName())
          .checksum(
              proof.mapping(),
              proof.relation(),
              large.contains(table.source()),
              rows -> halt.check());
    } catch (SQLException e) {
      throw new CompletionException(e); // to the thread that waits
    }
  }

  /** Returns what stands for a table's rows, by the proof that what was met asks for. */
  Checksum checksum(ExportTable table, Proof proof) throws SQLException {
    CompletableFuture<Checksum> sum =
        proof.isPlain()
            ? sums.get(table.source())
            : CompletableFuture.supplyAsync(() -> sum(table, proof), thread);
    if (sum == null) {
      throw new IllegalStateException("Table " + table.source() + " was never asked for");
    }
    try {
      return sum.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw halt.cancelled(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static SQLException failure(@Nullable Throwable cause) {
    if (cause instanceof SQLException failed) {
      return failed;
    }
    if (cause instanceof RuntimeException unforeseen) {
      throw unforeseen;
    }
    throw new IllegalStateException(cause);
  }

  @Override
  public void close() {
    boolean busy = sums.values().stream().anyMatch(sum -> !sum.isDone());
    thread.shutdownNow();
    if (busy) {
      snapshot.abandon();
    } else {
      snapshot.close();
    }
  }
}
