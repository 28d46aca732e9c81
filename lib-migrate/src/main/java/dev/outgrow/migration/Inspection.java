package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Says how all chains are, from their scripts and one look at the database. */
final class Inspection {
  private final List<ChainScripts> chains;
  private final Commands commands;
  private final boolean outOfOrder;
  private final Snapshot snapshot;
  private final UnaryOperator<String> folded;

  /**
   * Prepares it.
   *
   * @param sqlite whether names are the same in upper and lower case
   */
  Inspection(
      List<ChainScripts> chains,
      Commands commands,
      boolean outOfOrder,
      Snapshot snapshot,
      boolean sqlite) {
    this.chains = chains;
    this.commands = commands;
    this.outOfOrder = outOfOrder;
    this.snapshot = snapshot;
    this.folded = sqlite ? name -> name.toLowerCase(Locale.ROOT) : UnaryOperator.identity();
  }

  MigrationStatus status() {
    Set<String> own = new HashSet<>();
    Set<String> histories = new HashSet<>();
    for (ChainScripts scripts : chains) {
      scripts.chain().ownedTables().forEach(table -> own.add(folded.apply(table)));
      histories.add(scripts.chain().historyTable());
    }
    List<String> orphans = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String table : snapshot.tables()) {
      if (histories.contains(table) || own.contains(folded.apply(table))) {
        continue;
      }
      (snapshot.historyTables().contains(table) ? orphans : unknown).add(table);
    }
    boolean ours = !snapshot.histories().isEmpty();
    List<ChainStatus> statuses =
        chains.stream().map(scripts -> status(scripts, ours, unknown)).toList();
    return new MigrationStatus(statuses, orphans, unknown);
  }

  private ChainStatus status(ChainScripts scripts, boolean ours, List<String> unknown) {
    Findings findings = new Findings();
    List<HistoryRow> rows = snapshot.histories().get(scripts.chain().historyTable());
    if (rows == null) {
      withoutHistory(scripts.chain(), ours, unknown, findings);
    }
    scripts.chain().requirements().forEach(requirement -> require(requirement, findings));
    AppliedState applied = new AppliedState(rows == null ? List.of() : rows);
    return new ChainExamination(scripts, applied, outOfOrder, findings).examine(commands);
  }

  /** Tables of its own, or a whole schema of which no chain knows anything, are not begun upon. */
  private void withoutHistory(Chain chain, boolean ours, List<String> unknown, Findings findings) {
    List<String> there =
        snapshot.tables().stream()
            .filter(
                table ->
                    chain.ownedTables().stream()
                        .anyMatch(name -> folded.apply(name).equals(folded.apply(table))))
            .toList();
    List<String> foreign = there.isEmpty() && !ours ? unknown : there;
    if (!foreign.isEmpty()) {
      findings.add(
          ChainState.UNKNOWN_TABLES,
          "The table "
              + chain.historyTable()
              + " is not there, and these tables are: "
              + String.join(", ", foreign)
              + ".");
    }
  }

  private void require(Requirement requirement, Findings findings) {
    ChainScripts required =
        chains.stream()
            .filter(other -> other.chain().name().equals(requirement.chain()))
            .findFirst()
            .orElse(null);
    if (required == null) {
      findings.add(
          ChainState.BLOCKED, "It requires chain " + requirement.chain() + ", which is not there.");
      return;
    }
    Version last = required.last();
    if (last == null || last.compareTo(requirement.version()) < 0) {
      findings.add(
          ChainState.BLOCKED,
          "It requires version "
              + requirement.version()
              + " of chain "
              + requirement.chain()
              + ", whose scripts end at "
              + (last == null ? "0" : last)
              + ".");
    }
  }
}
