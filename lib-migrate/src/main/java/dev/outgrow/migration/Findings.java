package dev.outgrow.migration;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a chain, collected; the first state of the order is what it is called. */
final class Findings {
  /** What has to be mended before the next can be. */
  private static final List<ChainState> ORDER =
      List.of(
          ChainState.UNKNOWN_TABLES,
          ChainState.FAILED,
          ChainState.CHANGED,
          ChainState.MISSING,
          ChainState.AHEAD,
          ChainState.OUT_OF_ORDER,
          ChainState.BLOCKED,
          ChainState.EMPTY,
          ChainState.PENDING);

  private final Map<ChainState, List<String>> problems = new EnumMap<>(ChainState.class);

  /** Says that something is so, with a sentence for people. */
  void add(ChainState state, String problem) {
    problems.computeIfAbsent(state, s -> new ArrayList<>()).add(problem);
  }

  /** Says that something is so, which its name says well enough. */
  void add(ChainState state) {
    problems.computeIfAbsent(state, s -> new ArrayList<>());
  }

  ChainState state() {
    return ORDER.stream().filter(problems::containsKey).findFirst().orElse(ChainState.CURRENT);
  }

  List<String> sentences() {
    return ORDER.stream()
        .flatMap(state -> problems.getOrDefault(state, List.of()).stream())
        .toList();
  }
}
