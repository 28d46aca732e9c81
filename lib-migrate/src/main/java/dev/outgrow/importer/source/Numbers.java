package dev.outgrow.importer.source;

/**
 * How far the numbers of a column reach, zero aside, which often stands for nothing.
 *
 * <p><em>Immutable.</em>
 *
 * @param least the least; positive infinity if there is none
 * @param most the most; negative infinity if there is none
 * @param finerThanMicros whether some real number has more than six decimals
 * @param finerThanDayMillis whether some real number, as days, is no whole number of milliseconds
 * @since 0.1
 */
public record Numbers(
    double least, double most, boolean finerThanMicros, boolean finerThanDayMillis) {
  /** No number but zeros. */
  public static final Numbers NONE =
      new Numbers(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, false, false);

  /** Returns whether there is a number, and all of them lie between these two. */
  public boolean liesWithin(double from, double to) {
    return least <= most && least >= from && most <= to;
  }
}
