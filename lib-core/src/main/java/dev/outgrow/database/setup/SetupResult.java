package dev.outgrow.database.setup;

import java.util.List;

/**
 * What a set-up has done.
 *
 * <p><em>Immutable.</em>
 *
 * @param run the names of the scripts that were run, in order
 * @param notRun the names of those that were not, because the database is a SQLite file, which has
 *     no extensions, schemas, search paths or roles
 * @since 0.1
 */
public record SetupResult(List<String> run, List<String> notRun) {
  /** Copies the lists. */
  public SetupResult {
    run = List.copyOf(run);
    notRun = List.copyOf(notRun);
  }
}
