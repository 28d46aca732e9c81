package dev.outgrow.migration;

import java.util.List;

/**
 * How a database's chains are.
 *
 * <p><em>Immutable.</em>
 *
 * @param chains the chains, in the order in which they migrate
 * @param orphanChains the history tables of chains that nobody has named: of plugins that were
 *     removed, or of another program. They are left alone
 * @param unknownTables the tables that no chain says it owns, in order of name
 * @since 0.1
 */
public record MigrationStatus(
    List<ChainStatus> chains, List<String> orphanChains, List<String> unknownTables) {
  /** Copies the lists. */
  public MigrationStatus {
    chains = List.copyOf(chains);
    orphanChains = List.copyOf(orphanChains);
    unknownTables = List.copyOf(unknownTables);
  }

  /** Returns whether every chain is current. */
  public boolean isCurrent() {
    return chains.stream().allMatch(chain -> chain.state() == ChainState.CURRENT);
  }

  /**
   * Returns the status of one chain.
   *
   * @throws dev.outgrow.error.ConfigurationException if there is none of this name
   */
  public ChainStatus chain(String name) {
    return chains.stream()
        .filter(chain -> chain.chain().equals(name))
        .findFirst()
        .orElseThrow(() -> Chain.unknown(name, chains.stream().map(ChainStatus::chain).toList()));
  }

  /** Returns it for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    chains.forEach(chain -> text.append(chain.text()));
    if (!orphanChains.isEmpty()) {
      text.append("orphan chains, left alone: ")
          .append(String.join(", ", orphanChains))
          .append("\n  Name the chain again to migrate it, or drop its history table.\n");
    }
    if (!unknownTables.isEmpty()) {
      text.append("tables that no chain owns: ")
          .append(String.join(", ", unknownTables))
          .append("\n  Name them in the chain that makes them.\n");
    }
    return text.toString();
  }
}
