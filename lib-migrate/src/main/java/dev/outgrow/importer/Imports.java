package dev.outgrow.importer;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.importer.journal.JournalEntry;
import dev.outgrow.importer.plan.ImportNames;
import dev.outgrow.importer.postgres.LockPatience;
import dev.outgrow.importer.postgres.PastImports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The imports that a database knows of, and the way back: {@code Imports.of(database).undo(id)}.
 *
 * <p>What an import replaced is kept until it is discarded, so that it can be brought back in one
 * short transaction. What the target holds by then is kept as well, with all that was written
 * since. Defaults: 2 s for one attempt to lock the tables, and 20 retries.
 *
 * <p><em>Immutable.</em> Each option returns a copy.
 *
 * @since 0.1
 */
public final class Imports {
  private final Database database;
  private final LockPatience patience;
  private final Cancellation cancellation;

  private Imports(Database database, LockPatience patience, Cancellation cancellation) {
    this.database = database;
    this.patience = patience;
    this.cancellation = cancellation;
  }

  /**
   * Names the database, which stays the caller's.
   *
   * @throws ConfigurationException if it is not PostgreSQL
   */
  public static Imports of(Database database) {
    if (database.backend() != Backend.POSTGRESQL) {
      throw new ConfigurationException(
          "database", database.url().toString(), "a PostgreSQL database");
    }
    return new Imports(database, LockPatience.DEFAULT, new Cancellation());
  }

  /**
   * Sets how long one attempt to lock the tables waits.
   *
   * @param timeout 10 ms to 1 hour; 2 s if nothing is set
   * @throws ConfigurationException if it is outside that range
   */
  public Imports lockTimeout(Duration timeout) {
    return new Imports(database, new LockPatience(timeout, patience.retries()), cancellation);
  }

  /**
   * Sets how often that is tried again.
   *
   * @param retries 0 to 1,000; 20 if nothing is set
   * @throws ConfigurationException if it is outside that range
   */
  public Imports lockRetries(int retries) {
    return new Imports(database, new LockPatience(patience.timeout(), retries), cancellation);
  }

  /**
   * Sets what lets another thread stop it. Within about a second, or ten where the network has lost
   * the connection and told nobody, it ends with a {@link dev.outgrow.error.CancelledException},
   * and nothing is changed; what is done by then is told as done. To interrupt its thread does the
   * same.
   */
  public Imports cancelledBy(Cancellation stop) {
    return new Imports(database, patience, stop);
  }

  /**
   * Returns the imports, the latest first. Nothing is written.
   *
   * @throws dev.outgrow.error.OutgrowException if the database cannot be read
   */
  public List<PastImport> list() {
    return ask(
        past -> {
          List<JournalEntry> entries = past.entries();
          Map<String, Long> kept = past.kept();
          return entries.stream().map(e -> past(e, entries, kept)).toList();
        });
  }

  /**
   * Brings back what was there before an import. Where the schema was made by it, the schema is
   * gone then; where its rows went into tables that were there, these have their former rows again,
   * proven.
   *
   * @throws dev.outgrow.error.TargetException if it cannot be undone: a later import is in its
   *     place, what was there before is dropped, it is undone already, something elsewhere uses
   *     what it brought, or others do not let go of the tables; nothing is changed then
   * @throws dev.outgrow.error.OutgrowException if it fails otherwise; nothing is changed then
   */
  public UndoneImport undo(String id) {
    PastImports.Undone undone = ask(past -> past.undo(id));
    return new UndoneImport(id, undone.target(), undone.kept(), undone.lost());
  }

  /**
   * Drops what is kept for an import: what was there before it or, if it is undone, what it brought
   * and its rejected rows. That cannot be undone.
   *
   * @return the schemas that are gone
   * @throws dev.outgrow.error.TargetException if nothing is kept for it, something elsewhere uses
   *     that, or others do not let go of it; nothing is changed then
   * @throws dev.outgrow.error.OutgrowException if it fails otherwise; nothing is changed then
   */
  public List<String> discard(String id) {
    return ask(past -> past.discard(id));
  }

  private <T> T ask(Function<PastImports, T> work) {
    try (PastImports past = PastImports.open(database, patience);
        Stopping stopping = Stopping.of(cancellation)) {
      Stopping.Wait wait = stopping.wakenBy(past::cancelStatement);
      try {
        return work.apply(past);
      } finally {
        wait.close();
      }
    }
  }

  private static PastImport past(
      JournalEntry entry, List<JournalEntry> all, Map<String, Long> kept) {
    ImportNames names = ImportNames.of(entry.begun().target(), entry.id());
    List<PastImport.Kept> its =
        Stream.of(names.before(), names.undone())
            .filter(kept::containsKey)
            .map(s -> new PastImport.Kept(s, kept.getOrDefault(s, 0L)))
            .toList();
    return new PastImport(
        entry.id(),
        entry.started(),
        entry.begun().source(),
        entry.begun().target(),
        entry.begun().mode().equals("existing"),
        PastImport.State.valueOf(entry.state().name()),
        entry.note(),
        its,
        Optional.ofNullable(PastImports.whyNotUndone(entry, all, kept.keySet())));
  }
}
