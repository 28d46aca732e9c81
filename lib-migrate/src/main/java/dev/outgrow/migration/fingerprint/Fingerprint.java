package dev.outgrow.migration.fingerprint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A short text that differs where anything it was made of differs. What was made from the same
 * things can be kept under it and used again.
 *
 * <p>It is a SHA-256, and hides what it was made of no better than such a hash can: a short secret
 * among otherwise known parts could be guessed from it.
 *
 * <p><em>Immutable.</em>
 *
 * @param hex 64 hexadecimal digits in lower case
 * @since 0.1
 */
public record Fingerprint(String hex) {
  private static final int SHORT = 24;

  /** Begins one that stands for something of this kind. */
  public static Fingerprint of(String kind) {
    return new Fingerprint(HexFormat.of().formatHex(sha256(kind.getBytes(StandardCharsets.UTF_8))));
  }

  /** Returns one that stands for this value as well; the order in which values are added counts. */
  public Fingerprint with(String name, String value) {
    return with(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns one that stands for this value as well; the order in which values are added counts. */
  public Fingerprint with(String name, byte[] value) {
    byte[] before = HexFormat.of().parseHex(hex);
    byte[] label = name.getBytes(StandardCharsets.UTF_8);
    // With its length before each part, no two lists of parts are the same bytes.
    ByteBuffer bytes =
        ByteBuffer.allocate(before.length + 2 * Integer.BYTES + label.length + value.length)
            .put(before)
            .putInt(label.length)
            .put(label)
            .putInt(value.length)
            .put(value);
    return new Fingerprint(HexFormat.of().formatHex(sha256(bytes.array())));
  }

  /** Returns its first 24 digits, for the names of files and databases. */
  public String shortened() {
    return hex.substring(0, SHORT);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return shortened();
  }
}
