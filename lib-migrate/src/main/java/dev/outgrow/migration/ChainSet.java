package dev.outgrow.migration;

import dev.outgrow.database.Backend;
import dev.outgrow.database.Database;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.error.ConfigurationException;
import java.util.List;
import java.util.function.Predicate;

/**
 * The chains of a database and how they are run: what every operation begins with.
 *
 * @param chains in the order in which they migrate
 */
record ChainSet(Database database, List<Chain> chains, MigrationSettings settings) {
  /** Returns the same chains, on a scratch database: nobody is told, and nothing is copied. */
  ChainSet on(Database other) {
    return new ChainSet(other, chains, settings.with(MigrationSettings.Draft::forScratch));
  }

  List<String> names() {
    return chains.stream().map(Chain::name).toList();
  }

  /**
   * Reads the scripts of all chains.
   *
   * @throws ConfigurationException if those of one cannot be read
   */
  List<ChainScripts> read() {
    return chains.stream().map(chain -> ChainScripts.read(chain, database.backend())).toList();
  }

  /** Looks how the chains of these scripts are: one query. */
  MigrationStatus check(List<ChainScripts> scripts) {
    Snapshot snapshot =
        new HistoryReader(database).read(chains.stream().map(Chain::historyTable).toList());
    boolean sqlite = database.backend() == Backend.SQLITE;
    return new Inspection(scripts, settings.commands(), settings.outOfOrder(), snapshot, sqlite)
        .status();
  }

  /** Takes the lock that whatever changes something holds for the whole run. */
  ChangeLock lock() {
    return ChangeLock.take(database, settings.patience());
  }

  /**
   * Returns a chain.
   *
   * @throws ConfigurationException if there is none of this name
   */
  Chain find(String name) {
    return chains.stream()
        .filter(chain -> chain.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Chain.unknown(name, names()));
  }

  /** Returns the scripts of a chain; fails as {@link #find(String)} does. */
  ChainScripts find(List<ChainScripts> scripts, String name) {
    Chain chain = find(name);
    return scripts.stream()
        .filter(other -> other.chain().equals(chain))
        .findFirst()
        .orElseThrow(() -> Chain.unknown(name, names()));
  }

  /**
   * Refuses where a chain is not as it has to be.
   *
   * @throws SchemaNotReadyException with the chains for which that is so
   */
  static void refuse(MigrationStatus status, Predicate<ChainStatus> refused) {
    List<ChainStatus> chains = status.chains().stream().filter(refused).toList();
    if (!chains.isEmpty()) {
      throw new SchemaNotReadyException(status, chains);
    }
  }
}
