package dev.outgrow.importer.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One import that is killed.
 *
 * @param number which one it is
 * @param seed where everything random of it comes from
 * @param kind what happens to it
 * @param start what is there before
 * @param stratum in which part of its life: a number that goes through all parts
 */
record FaultCase(int number, long seed, FaultKind kind, Start start, int stratum) {
  private static final List<Start> STARTS =
      List.of(
          Start.EMPTY,
          Start.FILLED,
          Start.FILLED,
          Start.MADE,
          Start.REJECTING,
          Start.FILLED,
          Start.MISSING,
          Start.MADE_AND_FILLED);

  /** Has no divisor in common with the number of parts, so that few cases go far, too. */
  private static final int STEP = 7;

  /** Makes so many, of every kind, in every part of an import's life. */
  static List<FaultCase> of(long seed, int count) {
    List<FaultCase> cases = new ArrayList<>();
    Random random = new Random(seed);
    Map<FaultKind, Integer> strata = new EnumMap<>(FaultKind.class);
    for (int number = 0; cases.size() < count; number++) {
      FaultKind kind = FaultKind.ORDER.get(number % FaultKind.ORDER.size());
      int stratum = strata.merge(kind, STEP, Integer::sum) + number % FaultKind.ORDER.size();
      Start start = STARTS.get(random.nextInt(STARTS.size()));
      cases.add(new FaultCase(number, random.nextLong(), kind, start, stratum));
    }
    return cases;
  }

  /** Whether the next import goes on with what this one has loaded. */
  boolean resumes() {
    return number % 2 == 0 && !start.isMade();
  }

  /** Returns what is random in it, always the same. */
  Random random() {
    return new Random(seed);
  }

  /** Returns the name of its database. */
  String database() {
    return "case_" + number;
  }

  @Override
  public String toString() {
    return number + ": " + kind + " from " + start + ", part " + stratum + ", seed " + seed;
  }
}
