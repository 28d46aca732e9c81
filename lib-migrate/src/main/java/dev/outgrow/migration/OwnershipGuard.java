package dev.outgrow.migration;

import dev.outgrow.error.AccessException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.migration.ownership.OwnershipPolicy;
import dev.outgrow.migration.ownership.OwnershipResult;
import dev.outgrow.migration.ownership.UnmadeTable;
import dev.outgrow.migration.ownership.Violation;
import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the chains that do not keep to their own tables, before anything runs for real. */
final class OwnershipGuard {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final ChainSet set;
  private final List<ChainScripts> scripts;
  private final Map<String, OutgrowException> refused = new HashMap<>();
  private final Set<String> notTried = new HashSet<>();

  OwnershipGuard(ChainSet set, List<ChainScripts> scripts) {
    this.set = set;
    this.scripts = scripts;
  }

  /** Judges all scripts of all chains, as on an empty database. */
  OwnershipResult all() {
    try (Rehearsal rehearsal = new Rehearsal(set)) {
      List<Violation> violations = new ArrayList<>();
      for (ChainScripts each : scripts) {
        List<Violation> found = rehearsal.judge(each, each.steps(null));
        violations.addAll(found);
        if (!found.isEmpty()) {
          // Those that require it are judged as well, with what it has done.
          rehearsal.replay(each, each.steps(null));
        }
      }
      return new OwnershipResult(violations, rehearsal.unmade(set.chains()));
    }
  }

  /**
   * Tries what is pending of these chains.
   *
   * @param status how all chains are
   * @return why chains are refused, by name
   * @throws OutgrowException if it cannot be tried, and has to be
   */
  Map<String, OutgrowException> refused(
      List<ChainScripts> chosen, MigrateTo to, MigrationStatus status) {
    Map<String, List<String>> pending = new HashMap<>();
    chosen.forEach(each -> pending.put(each.chain().name(), pending(each, to, status)));
    boolean nothing = pending.values().stream().allMatch(List::isEmpty);
    boolean nobodyOwns = set.chains().stream().allMatch(chain -> chain.ownedTables().isEmpty());
    if (nothing || nobodyOwns || set.settings().ownership() == OwnershipPolicy.UNCHECKED) {
      return Map.of();
    }
    Map<String, AppliedSteps> applied = AppliedSteps.of(set, scripts);
    try (Rehearsal rehearsal = new Rehearsal(set)) {
      if (replay(rehearsal, applied)) {
        rehearse(rehearsal, applied, pending);
      }
    } catch (AccessException impossible) {
      notChecked(impossible);
    }
    return refused;
  }

  private static List<String> pending(ChainScripts of, MigrateTo to, MigrationStatus status) {
    ChainStatus chain = status.chain(of.chain().name());
    if (!chain.state().canMigrate()) {
      return List.of();
    }
    List<Version> versions =
        of.versioned().entrySet().stream()
            .filter(entry -> chain.pending().contains(entry.getValue().script()))
            .map(Map.Entry::getKey)
            .toList();
    List<String> upTo = of.steps(to.last(of, versions));
    return upTo.stream().filter(chain.pending()::contains).toList();
  }

  private void notChecked(OutgrowException why) {
    if (set.settings().ownership() == OwnershipPolicy.ENFORCED) {
      throw why;
    }
    LOG.warn("Whether chains keep to their own tables is not checked: {}", why.getMessage());
  }

  /** What has run already is not judged; where it cannot be run again, nothing can be tried. */
  private boolean replay(Rehearsal rehearsal, Map<String, AppliedSteps> applied) {
    try {
      AppliedSteps.asTheyRan(List.copyOf(applied.values()))
          .forEach(segment -> rehearsal.replay(segment.scripts(), segment.steps()));
      return true;
    } catch (MigrationException notAgain) {
      notChecked(notAgain);
      return false;
    }
  }

  private void rehearse(
      Rehearsal rehearsal, Map<String, AppliedSteps> applied, Map<String, List<String>> pending) {
    for (ChainScripts each : scripts) {
      Chain chain = each.chain();
      List<String> steps = pending.getOrDefault(chain.name(), List.of());
      if (waits(chain, applied, pending)) {
        notTried.add(chain.name());
      } else {
        OutgrowException why = judge(rehearsal, each, steps);
        if (why != null) {
          refused.put(chain.name(), why);
        }
      }
    }
    warnOfUnmade(rehearsal, pending);
  }

  /**
   * One whose requirements are not met, as a chain is refused or does not go that far in this run,
   * is kept back for that reason, and not tried.
   */
  private boolean waits(
      Chain chain, Map<String, AppliedSteps> applied, Map<String, List<String>> pending) {
    return chain.requirements().stream()
        .anyMatch(
            requirement -> !hasRun(requirement, applied) && !willHaveRun(requirement, pending));
  }

  private static boolean hasRun(Requirement requirement, Map<String, AppliedSteps> applied) {
    return Optional.ofNullable(applied.get(requirement.chain()))
        .flatMap(AppliedSteps::version)
        .flatMap(Version::parse)
        .filter(at -> at.compareTo(requirement.version()) >= 0)
        .isPresent();
  }

  private boolean willHaveRun(Requirement requirement, Map<String, List<String>> pending) {
    List<String> steps = pending.getOrDefault(requirement.chain(), List.of());
    return !refused.containsKey(requirement.chain())
        && !notTried.contains(requirement.chain())
        && scripts.stream()
            .filter(other -> other.chain().name().equals(requirement.chain()))
            .flatMap(
                other -> other.versioned().tailMap(requirement.version(), true).values().stream())
            .anyMatch(step -> steps.contains(step.script()));
  }

  private static @Nullable OutgrowException judge(
      Rehearsal rehearsal, ChainScripts scripts, List<String> steps) {
    try {
      List<Violation> found = rehearsal.judge(scripts, steps);
      return found.isEmpty() ? null : refusal(found.get(0));
    } catch (MigrationException failure) {
      return failed(failure);
    }
  }

  private static MigrationException refusal(Violation violation) {
    return new MigrationException(
        new MigrationException.Place(violation.chain(), violation.script(), 0),
        violation.text() + " It was found in a scratch database; nothing was changed here.",
        violation.owner().isPresent()
            ? "Leave that to its chain, or have the table owned by this one."
            : "Name the table among those that the chain owns, or do without it.",
        null,
        null,
        null);
  }

  private static MigrationException failed(MigrationException failure) {
    return new MigrationException(
        new MigrationException.Place(
            failure.chain(), failure.script().orElse(null), failure.line().orElse(0)),
        failure.what(),
        failure.remedy()
            + " If it needs rows that a new database has not, migrate with the ownership"
            + " unchecked.",
        failure.sqlState().orElse(null),
        failure.statement().orElse(null),
        failure);
  }

  /** Only where a chain ends: until then a later script may make it. */
  private void warnOfUnmade(Rehearsal rehearsal, Map<String, List<String>> pending) {
    List<Chain> ended =
        scripts.stream()
            .filter(each -> ends(each, pending.getOrDefault(each.chain().name(), List.of())))
            .map(ChainScripts::chain)
            .filter(chain -> !refused.containsKey(chain.name()) && !notTried.contains(chain.name()))
            .toList();
    rehearsal.unmade(ended).stream().map(UnmadeTable::text).forEach(LOG::warn);
  }

  private static boolean ends(ChainScripts scripts, List<String> steps) {
    Version last = scripts.last();
    Step step = last == null ? null : scripts.versioned().get(last);
    return step != null && steps.contains(step.script());
  }
}
