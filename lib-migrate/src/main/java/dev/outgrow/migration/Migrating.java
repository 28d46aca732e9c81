package dev.outgrow.migration;

import dev.outgrow.database.setup.ChangeLock;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes chains forwards: at a start, by command, or each by itself. */
final class Migrating {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final ChainSet set;
  private final long begin = System.nanoTime();

  Migrating(ChainSet set) {
    this.set = set;
  }

  MigrationStatus start(StartPolicy policy) {
    List<ChainScripts> scripts = set.read();
    MigrationStatus status = set.check(scripts);
    if (policy == StartPolicy.CHECK_ONLY) {
      ChainSet.refuse(status, chain -> chain.state() != ChainState.CURRENT);
      return status;
    }
    if (status.isCurrent() && set.settings().setup().statements().isEmpty()) {
      return status;
    }
    try (ChangeLock lock = set.lock()) {
      // Another instance may have been in the middle of it: what counts is how it is now.
      ChainSet.refuse(
          set.check(scripts),
          chain ->
              !chain.state().canMigrate()
                  || (chain.state() == ChainState.PENDING && policy != StartPolicy.MIGRATE));
      throwFirst(run(lock, scripts, scripts, MigrateTo.end(), true));
      return set.check(scripts);
    }
  }

  MigrationResult all() {
    List<ChainScripts> scripts = set.read();
    return migrate(scripts, scripts, MigrateTo.end());
  }

  MigrationResult one(String chain, MigrateTo to) {
    List<ChainScripts> scripts = set.read();
    return migrate(scripts, List.of(set.find(scripts, chain)), to);
  }

  private MigrationResult migrate(List<ChainScripts> all, List<ChainScripts> chosen, MigrateTo to) {
    try (ChangeLock lock = set.lock()) {
      List<String> names = chosen.stream().map(scripts -> scripts.chain().name()).toList();
      ChainSet.refuse(
          set.check(all), chain -> names.contains(chain.chain()) && !chain.state().canMigrate());
      return throwFirst(run(lock, all, chosen, to, true));
    }
  }

  MigrationResult eachByItself() {
    List<ChainScripts> scripts = new ArrayList<>();
    List<ChainResult> unreadable = new ArrayList<>();
    for (Chain chain : set.chains()) {
      try {
        scripts.add(ChainScripts.read(chain, set.database().backend()));
      } catch (ConfigurationException failure) {
        unreadable.add(ChainResult.unreadable(chain.name(), failure));
      }
    }
    try (ChangeLock lock = set.lock()) {
      MigrationResult result = run(lock, scripts, scripts, MigrateTo.end(), false);
      return new MigrationResult(
          Stream.concat(result.chains().stream(), unreadable.stream()).toList(),
          result.took(),
          result.backup());
    }
  }

  private static MigrationResult throwFirst(MigrationResult result) {
    result.chains().stream()
        .flatMap(chain -> chain.failure().stream())
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return result;
  }

  /** Nothing has run yet, and where one failure ends the run nothing does. */
  private static void throwFirst(List<ChainScripts> chosen, Map<String, OutgrowException> refused) {
    for (ChainScripts scripts : chosen) {
      OutgrowException why = refused.get(scripts.chain().name());
      if (why != null) {
        throw why;
      }
    }
  }

  private MigrationResult run(
      ChangeLock lock,
      List<ChainScripts> all,
      List<ChainScripts> chosen,
      MigrateTo to,
      boolean stopAtFailure) {
    MigrationSettings settings = set.settings();
    Listeners listeners = new Listeners(settings.listeners());
    listeners.beforeRun(set.database());
    settings.setup().runWithin(lock, set.database());
    Map<String, OutgrowException> refused =
        new OwnershipGuard(set, all).refused(chosen, to, set.check(all));
    if (stopAtFailure) {
      throwFirst(chosen, refused);
    }
    Rebuilds rebuilds = new Rebuilds(set);
    MigrationRun run = new MigrationRun(set, listeners, () -> set.check(all), refused, rebuilds);
    for (ChainScripts scripts : chosen) {
      if (run.migrate(scripts, to).failure().isPresent() && stopAtFailure) {
        break;
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    MigrationResult result = new MigrationResult(run.results(), took, rebuilds.backup());
    LOG.info("Migrations of {}: {}", set.database().url(), result.text());
    listeners.afterRun(result);
    return result;
  }
}
