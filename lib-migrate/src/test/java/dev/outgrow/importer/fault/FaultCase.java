package dev.outgrow.importer.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One import that is killed.
 *
 * @param number which one it is
 * @param seed where everything random of it comes from
 * @param kind what happens to it
 * @param start what is there before
 * @param stratum in which part of its life: a number that goes through all parts
 * @param place where in its swap; null for the part that the stratum says
 */
record FaultCase(
    int number, long seed, FaultKind kind, Start start, int stratum, @Nullable SwapPlace place) {
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

  private static final List<Start> FULL = List.of(Start.FILLED, Start.MADE_AND_FILLED);
  private static final List<Start> BARE = List.of(Start.EMPTY, Start.MISSING, Start.MADE);

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
      cases.add(new FaultCase(number, random.nextLong(), kind, start, stratum, null));
    }
    return cases;
  }

  /**
   * Makes one for each kind and each place in the swap, with something in the target or nothing.
   *
   * @param all whether with nothing at all places, too, or at those alone where most can go wrong
   */
  static List<FaultCase> ofSwaps(long seed, boolean all) {
    Random random = new Random(seed);
    List<FaultCase> cases = new ArrayList<>();
    for (SwapPlace place : SwapPlace.values()) {
      for (FaultKind kind : FaultKind.values()) {
        cases.add(ofSwap(cases.size(), random.nextLong(), kind, FULL, place));
        if (all || place.isInside()) {
          cases.add(ofSwap(cases.size(), random.nextLong(), kind, BARE, place));
        }
      }
    }
    return cases;
  }

  private static FaultCase ofSwap(
      int number, long seed, FaultKind kind, List<Start> starts, SwapPlace place) {
    Start start = starts.get((int) Math.floorMod(seed, (long) starts.size()));
    return new FaultCase(number, seed, kind, start, number, place);
  }

  /** Returns when it happens. */
  Trace.Instant instant(Trace trace, Random chance) {
    return place == null ? trace.instant(stratum, chance) : trace.instant(place, chance);
  }

  /** Whether it happens at one place of the swap. */
  boolean isInSwap() {
    return place != null;
  }

  /** Whether the next import goes on with what this one has loaded; else it clears that away. */
  boolean resumes() {
    return !start.isMade() && Math.floorMod(seed >> 8, 4) != 3;
  }

  /** Returns what is random in it, always the same. */
  Random random() {
    return new Random(seed);
  }

  /** Returns the name of its database. */
  String database() {
    return (place == null ? "case_" : "swap_") + number;
  }

  @Override
  public String toString() {
    String where = place == null ? "part " + stratum : "at its swap, " + place;
    return number + ": " + kind + " from " + start + ", " + where + ", seed " + seed;
  }
}
