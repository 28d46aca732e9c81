package dev.outgrow.exporter;

import dev.outgrow.importer.verify.Checksum;
import dev.outgrow.importer.verify.Verifier;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's side of the proof. Of most tables a {@link Witness} condenses the rows as they come.
 * Some are read once more, over another connection that sees the same moment: those with rows that
 * come in pieces, and those with values that are kept as text, of which that is known behind the
 * last row. <em>Not thread-safe.</em>
 */
final class ServerSide implements AutoCloseable {
  private final PgSnapshot snapshot;
  private final Set<String> large;
  private final Halt halt;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "outgrow-export-proof");
            worker.setDaemon(true);
            return worker;
          });
  private final Map<String, Checksum> seen = new HashMap<>();
  private final Map<String, CompletableFuture<Checksum>> again = new HashMap<>();
  private @Nullable PgSnapshot another;

  /**
   * Makes one.
   *
   * @param large names of the tables with rows that are too large to be in memory as a whole
   */
  ServerSide(PgSnapshot snapshot, Set<String> large, Halt halt) {
    this.snapshot = snapshot;
    this.large = large;
    this.halt = halt;
  }

  /** Begins to look at what the server sends of a table. */
  Witness witness(ExportTable table) {
    return Witness.begin(table.mapping(), thread, halt);
  }

  /** Keeps what a witness has seen of a table whose rows are all in the file. */
  void keep(String table, Checksum sum) {
    seen.put(table, sum);
  }

  /**
   * Begins to read again what no witness has seen as it has to be compared.
   *
   * @param proofs what is asked for, by the table's name
   */
  void begin(Map<String, Proof> proofs) throws SQLException {
    for (Map.Entry<String, Proof> each : proofs.entrySet()) {
      if (!seen.containsKey(each.getKey())) {
        PgSnapshot moment = another();
        again.put(
            each.getKey(),
            CompletableFuture.supplyAsync(
                () -> read(moment, each.getKey(), each.getValue()), thread));
      }
    }
  }

  private PgSnapshot another() throws SQLException {
    PgSnapshot opened = another;
    if (opened == null) {
      opened = snapshot.another(halt);
      another = opened;
    }
    return opened;
  }

  private Checksum read(PgSnapshot moment, String table, Proof proof) {
    halt.check();
    try {
      return new Verifier(moment.connection(), moment.schemaName())
          .checksum(proof.mapping(), proof.relation(), large.contains(table), rows -> halt.check());
    } catch (SQLException e) {
      throw new CompletionException(e); // to the thread that waits
    }
  }

  /** Waits for what stands for a table's rows. */
  Checksum checksum(String table) throws SQLException {
    Checksum sum = seen.get(table);
    if (sum != null) {
      return sum;
    }
    CompletableFuture<Checksum> reading = again.get(table);
    if (reading == null) {
      throw new IllegalStateException("Table " + table + " was never asked for");
    }
    return halt.await(reading);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    PgSnapshot opened = another;
    if (opened == null) {
      return;
    }
    if (again.values().stream().anyMatch(sum -> !sum.isDone())) {
      opened.abandon();
    } else {
      opened.close();
    }
  }
}
