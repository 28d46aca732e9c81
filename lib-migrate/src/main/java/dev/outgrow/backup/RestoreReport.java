package dev.outgrow.backup;

import java.time.Duration;
import java.util.List;

/**
 * What a restore has done.
 *
 * <p><em>Immutable.</em>
 *
 * @param backup the backup that was put back
 * @param target the database, without a credential
 * @param tables how many tables were compared with the manifest before they took their place
 * @param rows how many rows were compared
 * @param kept where what was there before is kept: the names of schemas on PostgreSQL, the path of
 *     another backup on SQLite; empty if the database was empty
 * @param untouched schemas of the database that the backup does not have; they stayed as they are
 * @param chains how the chains are now, a line each; empty if none were named
 * @param took how long it took
 * @since 0.1
 */
public record RestoreReport(
    Backup backup,
    String target,
    int tables,
    long rows,
    List<String> kept,
    List<String> untouched,
    List<String> chains,
    Duration took) {
  /** Copies the lists. */
  public RestoreReport {
    kept = List.copyOf(kept);
    untouched = List.copyOf(untouched);
    chains = List.copyOf(chains);
  }
}
