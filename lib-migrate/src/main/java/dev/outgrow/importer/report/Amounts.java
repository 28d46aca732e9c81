package dev.outgrow.importer.report;

import java.util.Locale;

/** Numbers with a unit, as a person reads them. */
final class Amounts {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final int SECOND = 1_000;
  private static final int MINUTE = 60;

  private Amounts() {}

  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%,.0f %s" : "%,.1f %s", amount, UNITS[unit]);
  }

  static String time(long millis) {
    if (millis < SECOND) {
      return millis + " ms";
    }
    long seconds = millis / SECOND;
    return seconds < MINUTE
        ? String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND)
        : String.format(Locale.ROOT, "%,d min %d s", seconds / MINUTE, seconds % MINUTE);
  }

  /** Returns a part of a whole as CSS has it; at most all of it. */
  static String percent(long part, long whole) {
    double share = whole <= 0 ? 0 : 100.0 * Math.min(Math.max(part, 0), whole) / whole;
    return String.format(Locale.ROOT, "%.2f%%", share);
  }
}
