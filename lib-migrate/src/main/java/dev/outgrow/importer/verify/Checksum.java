package dev.outgrow.importer.verify;

/**
 * What stands for all rows of a table on one side: how many there are, and the sum of their 128-bit
 * hashes modulo 2<sup>128</sup>, which does not depend on their order and counts equal rows as
 * often as they occur.
 *
 * <p><em>Immutable.</em>
 *
 * @param rows the number of rows
 * @param high the upper 64 bits of the sum
 * @param low the lower 64 bits of the sum
 * @since 0.1
 */
public record Checksum(long rows, long high, long low) {

  /** Returns the sum as 32 hexadecimal digits. */
  public String hex() {
    return hex(high) + hex(low);
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
