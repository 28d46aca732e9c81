package dev.outgrow.backup;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Two sums of the halves of the rows' hashes, each modulo 2<sup>64</sup>: they do not depend on the
 * order of the rows, and equal rows count as often as they occur.
 */
final class RowSum {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

  private long rows;
  private long high;
  private long low;

  static MessageDigest digest() {
    return FileHash.sha256();
  }

  void add(byte[] hash) {
    ByteBuffer words = ByteBuffer.wrap(hash);
    high += words.getLong();
    low += words.getLong();
    rows++;
  }

  long rows() {
    return rows;
  }

  String hex() {
    return hex(high, low);
  }

  /** Returns the same of two sums that were not brought into 64 bits yet. */
  static String hex(BigInteger high, BigInteger low) {
    return hex(high.mod(WORD).longValue(), low.mod(WORD).longValue());
  }

  private static String hex(long high, long low) {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
