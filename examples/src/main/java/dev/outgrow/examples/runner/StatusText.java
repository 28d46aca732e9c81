package dev.outgrow.examples.runner;

import dev.outgrow.migration.ChainState;
import dev.outgrow.migration.ChainStatus;
import dev.outgrow.migration.MigrationStatus;
import java.util.List;

/** Prints how chains are: a table, then what is wrong, then what to do. */
final class StatusText {
  private static final String NONE = "–";

  private StatusText() {}

  static String of(MigrationStatus status) {
    StringBuilder text = new StringBuilder(of(status.chains()));
    if (!status.orphanChains().isEmpty()) {
      text.append("History tables of chains that nobody names, left alone: ")
          .append(listed(status.orphanChains()))
          .append(".\n");
    }
    if (!status.unknownTables().isEmpty()) {
      text.append("Tables that no chain owns: ")
          .append(listed(status.unknownTables()))
          .append(".\n");
    }
    return text.toString();
  }

  static String of(List<ChainStatus> chains) {
    TextTable table = new TextTable("chain", "state", "version", "scripts end at", "to run");
    for (ChainStatus chain : chains) {
      table.row(
          chain.chain(),
          chain.state().toString(),
          chain.version().orElse(NONE),
          chain.target().orElse(NONE),
          Integer.toString(chain.pending().size()));
    }
    StringBuilder text = new StringBuilder(table.text()).append('\n');
    for (ChainStatus chain : chains) {
      for (String problem : chain.problems()) {
        text.append(Console.printable(chain.chain() + ": " + problem)).append('\n');
      }
    }
    remedies(chains).forEach(remedy -> text.append(Console.printable(remedy)).append('\n'));
    if (chains.stream().allMatch(chain -> chain.state() == ChainState.CURRENT)) {
      text.append(chains.size() == 1 ? "It is current.\n" : "Every chain is current.\n");
    }
    return text.toString();
  }

  private static List<String> remedies(List<ChainStatus> chains) {
    return chains.stream().flatMap(chain -> chain.remedy().stream()).distinct().toList();
  }

  private static String listed(List<String> names) {
    return Console.printable(String.join(", ", names));
  }
}
