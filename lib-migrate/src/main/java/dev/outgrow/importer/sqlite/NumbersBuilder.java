package dev.outgrow.importer.sqlite;

import dev.outgrow.importer.source.Numbers;

/** Finds the least and the most of a column's numbers while somebody walks over them. */
final class NumbersBuilder {
  private static final double MICROS = 1e6;
  private static final double MILLIS_PER_DAY = 86_400_000;

  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private boolean finerThanMicros;
  private boolean finerThanDayMillis;

  void add(long value) {
    if (value != 0) {
      range((double) value);
    }
  }

  /** A number of six decimals is the double nearest to a whole number divided by a million. */
  void add(double value) {
    if (value != 0) {
      range(value);
      finerThanMicros = finerThanMicros || isFiner(value, MICROS);
      finerThanDayMillis = finerThanDayMillis || isFiner(value, MILLIS_PER_DAY);
    }
  }

  private static boolean isFiner(double value, double parts) {
    return Math.rint(value * parts) / parts != value;
  }

  /** No value is NaN, which SQLite takes for null, nor 0: comparing is enough. */
  private void range(double value) {
    if (value < least) {
      least = value;
    }
    if (value > most) {
      most = value;
    }
  }

  Numbers build() {
    return new Numbers(least, most, finerThanMicros, finerThanDayMillis);
  }
}
