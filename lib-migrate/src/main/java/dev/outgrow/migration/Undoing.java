package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.migration.internal.flyway.FlywayChain;
import dev.outgrow.migration.internal.flyway.ScriptPreparation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a chain back. */
final class Undoing {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Set<ChainState> KNOWN =
      Set.of(
          ChainState.CURRENT,
          ChainState.PENDING,
          ChainState.EMPTY,
          ChainState.OUT_OF_ORDER,
          ChainState.BLOCKED);

  private final ChainSet set;
  private final long begin = System.nanoTime();

  Undoing(ChainSet set) {
    this.set = set;
  }

  UndoResult undo(String name, UndoTo to) {
    List<ChainScripts> scripts = set.read();
    ChainScripts chosen = set.find(scripts, name);
    ChangeLock held = set.lock();
    try (held) {
      MigrationStatus status = set.check(scripts);
      ChainSet.refuse(
          status, chain -> chain.chain().equals(name) && !KNOWN.contains(chain.state()));
      UndoPlan plan = plan(chosen, to);
      Optional<Path> backup =
          plan.steps().isEmpty() ? Optional.empty() : run(chosen, plan).run(new BackupCopy(set));
      UndoResult result =
          new UndoResult(
              status.chain(name),
              set.check(scripts).chain(name),
              plan.steps().stream().map(UndoStep::script).toList(),
              backup,
              Duration.ofNanos(System.nanoTime() - begin));
      LOG.info("Undo in {}: {}", set.database().url(), result.text());
      return result;
    }
  }

  private UndoPlan plan(ChainScripts chosen, UndoTo to) {
    Map<Chain, AppliedState> applied = applied();
    AppliedState own = applied.get(chosen.chain());
    applied.remove(chosen.chain());
    return UndoPlan.of(chosen, own == null ? new AppliedState(List.of()) : own, to, applied);
  }

  private Map<Chain, AppliedState> applied() {
    Map<String, List<HistoryRow>> histories =
        new HistoryReader(set.database())
            .read(set.chains().stream().map(Chain::historyTable).toList())
            .histories();
    Map<Chain, AppliedState> applied = new LinkedHashMap<>();
    for (Chain chain : set.chains()) {
      applied.put(chain, new AppliedState(histories.getOrDefault(chain.historyTable(), List.of())));
    }
    return applied;
  }

  private UndoRun run(ChainScripts chosen, UndoPlan plan) {
    Database database = set.database();
    Chain chain = chosen.chain();
    FlywayChain undo =
        new FlywayChain(
            chain.name(), chain.historyTable(), plan.files(), List.of(), chain.placeholders());
    return new UndoRun(set, chain, plan, new ScriptPreparation(database, undo).prepare());
  }
}
