package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.migration.internal.flyway.FlywayRunner;
import dev.outgrow.migration.script.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings histories into agreement with scripts and schemas; no script runs here. */
final class Mending {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final ChainSet set;

  Mending(ChainSet set) {
    this.set = set;
  }

  ChainStatus repair(String chain) {
    List<ChainScripts> scripts = set.read();
    ChainScripts chosen = set.find(scripts, chain);
    ChangeLock held = set.lock();
    try (held) {
      ChainSet.refuse(
          set.check(scripts), other -> other.chain().equals(chain) && !canRepair(other.state()));
      new FlywayRunner(set.database(), chosen.forFlyway(set.database(), true)).repair();
      ChainStatus repaired = set.check(scripts).chain(chain);
      LOG.info("Repaired the history of chain {}: {}", chain, repaired.state());
      return repaired;
    }
  }

  ChainStatus adopt(String chain, String version, @Nullable Database scratch) {
    List<ChainScripts> scripts = set.read();
    ChainScripts chosen = set.find(scripts, chain);
    MigrateTo to = MigrateTo.version(version);
    Version last = to.last(chosen, List.of());
    ChangeLock held = set.lock();
    try (held) {
      ChainSet.refuse(
          set.check(scripts), other -> other.chain().equals(chain) && !canAdopt(other.state()));
      new Adoption(set, scripts, scratch).compare(chosen, last);
      new FlywayRunner(set.database(), chosen.forFlyway(set.database(), last == null))
          .markAsRun(last);
      ChainStatus adopted = set.check(scripts).chain(chain);
      LOG.info("Adopted chain {} at version {}", chain, version);
      return adopted;
    }
  }

  private static boolean canAdopt(ChainState state) {
    return state == ChainState.UNKNOWN_TABLES || state.canMigrate();
  }

  private static boolean canRepair(ChainState state) {
    return state != ChainState.AHEAD
        && state != ChainState.UNKNOWN_TABLES
        && state != ChainState.EMPTY;
  }
}
