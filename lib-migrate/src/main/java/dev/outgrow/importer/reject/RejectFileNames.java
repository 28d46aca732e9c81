package dev.outgrow.importer.reject;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names files after tables so that a file can neither leave its folder nor be taken for another,
 * whatever the table is called and whether or not the file system tells upper from lower case. A
 * name of small letters, digits and underscores is kept; of any other, those are kept and a hash of
 * the whole name follows after a hyphen, which no kept name has.
 */
final class RejectFileNames {
  private static final String ENDING = ".jsonl";
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]{1,100}");
  private static final Pattern ODD = Pattern.compile("[^a-z0-9_]+");
  private static final int MOST_KEPT = 60;
  private static final int HASH_DIGITS = 16;

  /** Names that stand for devices on Windows, with or without an ending. */
  private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul");

  private static final Pattern PORT = Pattern.compile("(com|lpt)[0-9]");

  private RejectFileNames() {}

  /** Returns the file name for a table, the same in every run. */
  static String of(String table) {
    if (PLAIN.matcher(table).matches()
        && !DEVICES.contains(table)
        && !PORT.matcher(table).matches()) {
      return table + ENDING;
    }
    String kept = ODD.matcher(table.toLowerCase(Locale.ROOT)).replaceAll("_");
    return kept.substring(0, Math.min(kept.length(), MOST_KEPT)) + "-" + hash(table) + ENDING;
  }

  private static String hash(String table) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(table.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
