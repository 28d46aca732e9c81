package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.ChainResult.Outcome;
import dev.outgrow.migration.internal.flyway.FlywayRunner;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Migrates chains one behind the other. Whoever makes one holds the lock. */
final class MigrationRun {
  private final Database database;
  private final MigrationSettings settings;
  private final Listeners listeners;
  private final Supplier<MigrationStatus> look;
  private final Map<String, OutgrowException> refused;
  private final Rebuilds rebuilds;
  private final List<ChainResult> results = new ArrayList<>();

  /**
   * Prepares it.
   *
   * @param look says how the chains are
   * @param refused why chains do not run, by name
   * @param rebuilds has a SQLite file copied before what may lose something
   */
  MigrationRun(
      ChainSet set,
      Listeners listeners,
      Supplier<MigrationStatus> look,
      Map<String, OutgrowException> refused,
      Rebuilds rebuilds) {
    this.database = set.database();
    this.settings = set.settings();
    this.listeners = listeners;
    this.refused = refused;
    this.look = look;
    this.rebuilds = rebuilds;
  }

  List<ChainResult> results() {
    return results;
  }

  /** Migrates one chain; what goes wrong is in the result. */
  ChainResult migrate(ChainScripts scripts, MigrateTo to) {
    String name = scripts.chain().name();
    MigrationStatus all = look.get();
    ChainStatus before = all.chain(name);
    ChainResult result;
    if (!before.state().canMigrate()) {
      result = refused(before, new SchemaNotReadyException(all, List.of(before)));
    } else if (before.state() == ChainState.CURRENT) {
      result = new ChainResult(Outcome.UNCHANGED, before, before, List.of(), Optional.empty());
    } else {
      OutgrowException unmet =
          refused.getOrDefault(
              name,
              unmet(scripts.chain(), other -> all.chain(other).version().flatMap(Version::parse)));
      result = unmet == null ? run(scripts, to, before) : refused(before, unmet);
    }
    results.add(result);
    return result;
  }

  private static ChainResult refused(ChainStatus chain, OutgrowException why) {
    return new ChainResult(Outcome.REFUSED, chain, chain, List.of(), Optional.of(why));
  }

  /** Returns what a chain requires and does not have, or null; told at which version others are. */
  static @Nullable OutgrowException unmet(Chain chain, Function<String, Optional<Version>> others) {
    for (Requirement requirement : chain.requirements()) {
      Optional<Version> at = others.apply(requirement.chain());
      boolean met = at.filter(version -> version.compareTo(requirement.version()) >= 0).isPresent();
      if (!met) {
        return new MigrationException(
            new MigrationException.Place(chain.name(), null, 0),
            "Chain "
                + chain.name()
                + " requires version "
                + requirement.version()
                + " of chain "
                + requirement.chain()
                + ", which is at "
                + at.map(Version::toString).orElse("0")
                + ".",
            "Migrate chain " + requirement.chain() + " first.",
            null,
            null,
            null);
      }
    }
    return null;
  }

  private ChainResult run(ChainScripts scripts, MigrateTo to, ChainStatus before) {
    Version last = to.last(scripts, pendingVersions(scripts, before));
    Preflight preflight = new Examining(database, settings.safety()).before(scripts, before, last);
    OutgrowException unsafe = Examining.refusal(scripts.chain(), preflight, settings.safety());
    if (unsafe != null) {
      return new ChainResult(
          Outcome.REFUSED, before, before, List.of(), preflight, Optional.of(unsafe));
    }
    OutgrowException failure = null;
    try {
      rebuilds.before(scripts, pending(scripts, before, last));
      migrate(scripts, last, before.state() == ChainState.EMPTY);
    } catch (OutgrowException failed) {
      failure = failed;
    }
    ChainStatus after = afterwards(before, failure);
    List<String> ran = new ArrayList<>(before.pending());
    ran.removeAll(after.pending());
    if (failure instanceof MigrationException failed) { // outside of a transaction it has a row
      failed.script().ifPresent(ran::remove);
    }
    Outcome outcome =
        failure != null ? Outcome.FAILED : ran.isEmpty() ? Outcome.UNCHANGED : Outcome.MIGRATED;
    return new ChainResult(outcome, before, after, ran, preflight, Optional.ofNullable(failure));
  }

  private void migrate(ChainScripts scripts, @Nullable Version last, boolean empty) {
    LockLimits locks = settings.locks();
    FlywayRunner runner =
        new FlywayRunner(
            database,
            scripts.forFlyway(database, last == null),
            listeners.of(scripts.chain().name(), database),
            locks.timeout());
    if (empty && !hasHistory(scripts.chain())) {
      runner.begin();
    }
    new LockRetry(database, locks, () -> look.get().chain(scripts.chain().name()))
        .run(() -> runner.migrate(last, settings.outOfOrder()));
  }

  /** Flyway leaves an empty table where a first run of its own has failed. */
  private boolean hasHistory(Chain chain) {
    return new HistoryReader(database).read(List.of()).tables().contains(chain.historyTable());
  }

  /** A database that went away has a reason already, and cannot be asked. */
  private ChainStatus afterwards(ChainStatus before, @Nullable OutgrowException failure) {
    try {
      return look.get().chain(before.chain());
    } catch (OutgrowException second) {
      if (failure == null) {
        throw second;
      }
      failure.addSuppressed(second);
      return before;
    }
  }

  private static List<Step> pending(
      ChainScripts scripts, ChainStatus before, @Nullable Version last) {
    return Stream.concat(
            scripts.versioned().values().stream(), scripts.repeatable().values().stream())
        .filter(step -> before.pending().contains(step.script()))
        .filter(step -> last == null || isUpTo(last, step.version()))
        .toList();
  }

  private static boolean isUpTo(Version last, @Nullable Version version) {
    return version != null && version.compareTo(last) <= 0;
  }

  static List<Version> pendingVersions(ChainScripts scripts, ChainStatus before) {
    return scripts.versioned().entrySet().stream()
        .filter(entry -> before.pending().contains(entry.getValue().script()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
