package dev.outgrow.examples.media;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** Picks numbers from 0 up, some more often than others. */
final class Weights {
  private final double[] sums;

  private Weights(double[] sums) {
    this.sums = sums;
  }

  /** Weighs each of {@code count} numbers by a function of it. */
  static Weights of(int count, IntToDoubleFunction weight) {
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight.applyAsDouble(i);
      sums[i] = sum;
    }
    return new Weights(sums);
  }

  static Weights of(int... weights) {
    return of(weights.length, i -> weights[i]);
  }

  int pick(Random random) {
    int found = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
    return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
  }

  /** Returns how many of {@code total} fall to the numbers before this one, in due proportion. */
  int before(int number, int total) {
    return number == 0 ? 0 : (int) Math.round(total * (sums[number - 1] / sums[sums.length - 1]));
  }
}
