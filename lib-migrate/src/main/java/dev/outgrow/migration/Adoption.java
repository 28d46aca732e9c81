package dev.outgrow.migration;

import dev.outgrow.database.Database;
import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.MigrationException;
import dev.outgrow.migration.script.Version;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what a chain makes in a scratch database with what is here. */
final class Adoption {
  private static final int MOST_NAMED = 10;

  private final ChainSet set;
  private final List<ChainScripts> scripts;
  private final @Nullable Database given;

  /**
   * Prepares it.
   *
   * @param given the caller's scratch database, or null to make one
   */
  Adoption(ChainSet set, List<ChainScripts> scripts, @Nullable Database given) {
    this.set = set;
    this.scripts = scripts;
    this.given = given;
  }

  /**
   * Makes the chain, and those it requires, in the scratch database and compares.
   *
   * @param last the last version that the schema has, or null for everything
   * @throws ConfigurationException if the scratch database is of another backend or not empty
   * @throws MigrationException if they differ
   */
  void compare(ChainScripts chosen, @Nullable Version last) {
    Map<String, AppliedSteps> applied = AppliedSteps.of(set, scripts);
    Set<String> required = new HashSet<>();
    require(chosen.chain(), required);
    DriftFinder finder = new DriftFinder(set);
    Side expected;
    try (Scratch scratch = Scratch.open(set, given)) {
      makeRequired(
          finder,
          scratch,
          applied.values().stream()
              .filter(steps -> required.contains(steps.scripts().chain().name()))
              .toList());
      finder.make(scratch, chosen, chosen.steps(last));
      expected = scratch.schema();
    }
    String name = chosen.chain().name();
    refuse(
        name,
        finder
            .byChain(expected, Scratch.schema(set, set.database()))
            .getOrDefault(name, List.of()));
  }

  private void require(Chain chain, Set<String> required) {
    for (Requirement requirement : chain.requirements()) {
      if (required.add(requirement.chain())) {
        require(set.find(requirement.chain()), required);
      }
    }
  }

  /** Those that have a history here as it says, the others whole. */
  private static void makeRequired(
      DriftFinder finder, Scratch scratch, List<AppliedSteps> required) {
    AppliedSteps.asTheyRan(required)
        .forEach(segment -> finder.make(scratch, segment.scripts(), segment.steps()));
    required.stream()
        .filter(each -> each.steps().isEmpty())
        .forEach(each -> finder.make(scratch, each.scripts(), each.scripts().steps(null)));
  }

  private static void refuse(String chain, List<Difference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    List<String> named = differences.stream().limit(MOST_NAMED).map(Difference::text).toList();
    int more = differences.size() - named.size();
    throw new MigrationException(
        new MigrationException.Place(chain, null, 0),
        "The schema is not what chain "
            + chain
            + " makes: "
            + String.join("; ", named)
            + (more > 0 ? "; and " + more + " more" : "")
            + ".",
        "Adopt the version that it is at, or change the schema so that they agree.",
        null,
        null,
        null);
  }
}
