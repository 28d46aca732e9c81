package dev.outgrow.importer.mapping;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Hands out names that PostgreSQL keeps as they are: not empty, at most 63 bytes of UTF-8, each
 * only once. A name that has to change gets a suffix made of a hash of what it stands for, so that
 * it is the same in every run.
 */
final class PostgresNames {
  private static final int MOST_BYTES = 63;
  private static final int HASH_DIGITS = 8;

  /** Names every table of PostgreSQL already has as hidden columns. */
  private static final Set<String> SYSTEM_COLUMNS =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  private final Set<String> taken = new HashSet<>();

  private PostgresNames() {}

  /** Returns names for what lives side by side in one schema, or as constraints on one table. */
  static PostgresNames ofObjects() {
    return new PostgresNames();
  }

  /** Returns names for the columns of one table. */
  static PostgresNames ofColumns() {
    PostgresNames names = new PostgresNames();
    names.taken.addAll(SYSTEM_COLUMNS);
    return names;
  }

  /**
   * Returns the wanted name, or the nearest that is still free.
   *
   * @param wanted the name that would be best
   * @param identity what makes the object itself different from every other: goes into the hash
   */
  String take(String wanted, String identity) {
    String name = wanted.isEmpty() ? "unnamed" : wanted;
    if (bytes(name) > MOST_BYTES || taken.contains(name)) {
      name = hashed(name, identity);
    }
    for (int i = 1; !taken.add(name); i++) {
      name = hashed(wanted, identity + '\0' + i);
    }
    return name;
  }

  private static String hashed(String name, String identity) {
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
