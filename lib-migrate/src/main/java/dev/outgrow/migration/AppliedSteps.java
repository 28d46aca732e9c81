package dev.outgrow.migration;

import dev.outgrow.migration.script.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of a chain's scripts made the schema as its history says.
 *
 * @param scripts the chain's scripts, as they are now
 * @param steps those that have run, in the order in which they did
 * @param version the version that this is; empty before the first
 * @param gone scripts that have run and that the chain has no more
 * @param changed scripts that are not any more what has run
 */
record AppliedSteps(
    ChainScripts scripts,
    List<Ran> steps,
    Optional<String> version,
    List<String> gone,
    List<String> changed) {

  /** A script that has run, and when, in a form that is sorted by time. */
  record Ran(String script, String when) {}

  /** Scripts of one chain that ran one behind the other. */
  record Segment(ChainScripts scripts, List<String> steps) {}

  /** Reads which have run of every chain, by the chain's name. */
  static Map<String, AppliedSteps> of(ChainSet set, List<ChainScripts> scripts) {
    Map<String, List<HistoryRow>> histories =
        new HistoryReader(set.database())
            .read(set.chains().stream().map(Chain::historyTable).toList())
            .histories();
    Map<String, AppliedSteps> applied = new LinkedHashMap<>();
    for (ChainScripts each : scripts) {
      List<HistoryRow> rows = histories.getOrDefault(each.chain().historyTable(), List.of());
      applied.put(each.chain().name(), of(each, rows));
    }
    return applied;
  }

  private static AppliedSteps of(ChainScripts scripts, List<HistoryRow> rows) {
    AppliedState applied = new AppliedState(rows);
    List<String> gone = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<Ran> ran = new ArrayList<>();
    scripts.versioned().entrySet().stream()
        .filter(entry -> !applied.versioned().containsKey(entry.getKey()))
        .filter(entry -> applied.isBelowBaseline(entry.getKey()))
        .forEach(entry -> ran.add(new Ran(entry.getValue().script(), "")));
    List<HistoryRow> kept = new ArrayList<>(applied.versioned().values());
    kept.addAll(applied.repeatable().values());
    kept.sort(Comparator.comparingInt(HistoryRow::rank));
    for (HistoryRow row : kept) {
      Version version = row.version();
      Step step =
          version == null
              ? scripts.repeatable().get(row.description())
              : scripts.versioned().get(version);
      if (step == null) {
        gone.add(row.script());
      } else {
        ran.add(new Ran(step.script(), row.installedOn()));
        if (!Objects.equals(step.checksum(), row.checksum())) {
          changed.add(row.script());
        }
      }
    }
    Optional<String> version = Optional.ofNullable(applied.current()).map(Version::toString);
    return new AppliedSteps(scripts, ran, version, gone, changed);
  }

  /**
   * Returns what has run of these chains, in the order in which it did: a plugin's script may name
   * what a later one of the core has renamed since.
   */
  static List<Segment> asTheyRan(List<AppliedSteps> chains) {
    record Placed(String when, ChainScripts scripts, String step) {}
    List<Placed> all = new ArrayList<>();
    for (AppliedSteps chain : chains) {
      String latest = "";
      for (Ran ran : chain.steps()) {
        latest = ran.when().compareTo(latest) > 0 ? ran.when() : latest;
        all.add(new Placed(latest, chain.scripts(), ran.script()));
      }
    }
    all.sort(Comparator.comparing(Placed::when));
    List<Segment> segments = new ArrayList<>();
    @Nullable ChainScripts before = null;
    for (Placed each : all) {
      if (each.scripts() != before) {
        segments.add(new Segment(each.scripts(), new ArrayList<>()));
        before = each.scripts();
      }
      segments.get(segments.size() - 1).steps().add(each.step());
    }
    return segments;
  }
}
