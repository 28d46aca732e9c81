package dev.outgrow.exporter;

import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's side of the proof: another connection reads the same moment once more. It does so
 * while SQLite makes the indexes and looks at the file, which keeps one processor busy, and not
 * while the rows are carried, which keeps two. <em>Not thread-safe.</em>
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
  private final Map<String, CompletableFuture<Checksum>> sums = new HashMap<>();

  private ServerSide(PgSnapshot snapshot, Set<String> large, Halt halt) {
    this.snapshot = snapshot;
    this.large = large;
    this.halt = halt;
  }

  /**
   * Opens the connection.
   *
   * @param large names of the tables with rows that are too large to be in memory as a whole
   */
  static ServerSide open(PgSnapshot snapshot, Set<String> large, Halt halt) throws SQLException {
    return new ServerSide(snapshot.another(halt), large, halt);
  }

  /**
   * Begins to read.
   *
   * @param proofs what is asked for, by the table's name
   */
  void begin(Map<String, Proof> proofs) {
    proofs.forEach(
        (table, proof) ->
            sums.put(table, CompletableFuture.supplyAsync(() -> sum(table, proof), thread)));
  }

  private Checksum sum(String table, Proof proof) {
    halt.check();
    try {
      return new Verifier(snapshot.connection(), snapshot.schemaName())
          .checksum(proof.mapping(), proof.relation(), large.contains(table), rows -> halt.check());
    } catch (SQLException e) {
      throw new CompletionException(e); // to the thread that waits
    }
  }

  /** Waits for what stands for a table's rows. */
  Checksum checksum(String table) throws SQLException {
    CompletableFuture<Checksum> sum = sums.get(table);
    if (sum == null) {
      throw new IllegalStateException("Table " + table + " was never asked for");
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
