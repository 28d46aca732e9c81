package dev.outgrow.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run has done.
 *
 * <p><em>Immutable.</em>
 *
 * @param chains the chains, in the order in which they were migrated
 * @param took how long it took, with the wait for the lock
 * @param backup the copy of the SQLite file as it was before, where one was made: see {@link
 *     Migrations#backups}
 * @since 0.1
 */
public record MigrationResult(List<ChainResult> chains, Duration took, Optional<Path> backup) {
  /** Copies the list. */
  public MigrationResult {
    chains = List.copyOf(chains);
  }

  /** Returns whether no chain failed or was refused. */
  public boolean isComplete() {
    return chains.stream().allMatch(chain -> chain.failure().isEmpty());
  }

  /**
   * Returns what was done with one chain.
   *
   * @throws dev.outgrow.error.ConfigurationException if there is none of this name
   */
  public ChainResult chain(String name) {
    return chains.stream()
        .filter(chain -> chain.chain().equals(name))
        .findFirst()
        .orElseThrow(() -> Chain.unknown(name, chains.stream().map(ChainResult::chain).toList()));
  }

  /** Returns it for people and logs, in one line. */
  public String text() {
    return chains.stream().map(ChainResult::text).collect(Collectors.joining(", "))
        + backup.map(file -> "; the file as it was before is " + file).orElse("")
        + "; "
        + took.toMillis()
        + " ms";
  }
}
