package dev.outgrow.migration;

import dev.outgrow.migration.drift.ChainDrift;
import dev.outgrow.migration.drift.Drift;
import dev.outgrow.schema.Schema;
import dev.outgrow.schema.comparison.Difference;
import dev.outgrow.schema.comparison.SchemaComparison;
import dev.outgrow.schema.comparison.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes chains in a scratch database and compares that with what is here. */
final class DriftFinder {
  private final ChainSet set;
  private final Makers makers;

  DriftFinder(ChainSet set) {
    this.set = set;
    this.makers = new Makers(set.database().backend(), set.chains());
  }

  /** Compares with what has been applied of every chain. */
  Drift find() {
    List<ChainScripts> scripts = set.read();
    Map<String, AppliedSteps> applied = AppliedSteps.of(set, scripts);
    refuseGone(scripts, applied);
    Side expected;
    try (Scratch scratch = Scratch.open(set)) {
      AppliedSteps.asTheyRan(List.copyOf(applied.values()))
          .forEach(segment -> make(scratch, segment.scripts(), segment.steps()));
      expected = scratch.schema();
    }
    return drift(applied, expected, Scratch.schema(set, set.database()));
  }

  private void refuseGone(List<ChainScripts> scripts, Map<String, AppliedSteps> applied) {
    if (applied.values().stream().anyMatch(steps -> !steps.gone().isEmpty())) {
      ChainSet.refuse(
          set.check(scripts),
          chain -> {
            AppliedSteps steps = applied.get(chain.chain());
            return steps != null && !steps.gone().isEmpty();
          });
    }
  }

  /** Makes these of a chain's scripts and keeps in mind what is theirs. */
  void make(Scratch scratch, ChainScripts scripts, List<String> steps) {
    if (!steps.isEmpty()) {
      scratch.run(scripts, steps);
      makers.saw(scripts.chain().name(), scratch.schema().schema());
    }
  }

  private Drift drift(Map<String, AppliedSteps> applied, Side expected, Side actual) {
    Map<String, List<Difference>> byChain = byChain(expected, actual);
    List<ChainDrift> chains = new ArrayList<>();
    applied.forEach(
        (chain, steps) ->
            chains.add(
                new ChainDrift(
                    chain,
                    steps.version(),
                    byChain.getOrDefault(chain, List.of()),
                    steps.changed().stream().map(DriftFinder::changed).toList())));
    return new Drift(chains, byChain.getOrDefault("", List.of()));
  }

  private static String changed(String script) {
    return script + " was changed since it ran; compared with what it makes now.";
  }

  /** Returns the differences by chain; under the empty name what no chain makes. */
  Map<String, List<Difference>> byChain(Side expected, Side actual) {
    Schema before = expected.schema();
    Schema now = actual.schema();
    Map<String, List<Difference>> found = new LinkedHashMap<>();
    for (Difference difference : SchemaComparison.of(expected, actual).differences()) {
      String chain = makers.of(difference, before, now);
      if (chain != null || !isPartOfUnknown(difference, makers.table(difference, before, now))) {
        found.computeIfAbsent(chain == null ? "" : chain, c -> new ArrayList<>()).add(difference);
      }
    }
    return found;
  }

  /** What belongs to a table that no chain makes goes without saying. */
  private static boolean isPartOfUnknown(Difference difference, @Nullable String table) {
    return table != null && !table.equals(difference.name());
  }
}
