package dev.outgrow.importer.source;

import java.math.BigDecimal;

/**
 * Says whether a number goes into {@code numeric(p, s)} without being rounded.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class NumberSize {
  private NumberSize() {}

  /** Returns whether a number has at most this many digits, so many of them behind the point. */
  public static boolean fits(BigDecimal value, int digits, int decimals) {
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    int before = shortest.precision() - shortest.scale();
    return shortest.scale() <= decimals && (shortest.signum() == 0 || before <= digits - decimals);
  }
}
