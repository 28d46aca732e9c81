package dev.outgrow.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names that PostgreSQL keeps whole: at most 63 bytes of UTF-8. A longer one it would cut off, so
 * that two names could become one. It is cut here, at a character, and gets a suffix made of a hash
 * of what it stands for, so that it is the same in every run and another for everything else.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ShortName {
  /** How many bytes of UTF-8 PostgreSQL keeps of a name. */
  public static final int MOST_BYTES = 63;

  private static final int HASH_DIGITS = 8;

  private ShortName() {}

  /** Returns whether PostgreSQL keeps this name whole. */
  public static boolean fits(String name) {
    return bytes(name) <= MOST_BYTES;
  }

  /** Returns the name itself if it fits, else with a hash. */
  public static String of(String name, String identity) {
    return fits(name) ? name : hashed(name, identity);
  }

  /**
   * Returns a name with a hash, cut where it has to be: {@code name_1a2b3c4d}.
   *
   * @param name the name that would be best
   * @param identity what makes the object itself different from every other: goes into the hash
   */
  public static String hashed(String name, String identity) {
    String suffix = "_" + hash(identity).substring(0, HASH_DIGITS);
    int room = MOST_BYTES - suffix.length();
    StringBuilder kept = new StringBuilder();
    int used = 0;
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      String character = Character.toString(name.codePointAt(i));
      used += bytes(character);
      if (used > room) {
        break;
      }
      kept.append(character);
    }
    return kept + suffix;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
