package dev.outgrow.migration.fingerprint;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The number by which a history table knows a script: Flyway's own, so that either may have written
 * it. It is the CRC-32 of the lines in UTF-8, without their ends and without a byte order mark, as
 * a signed number; so that it is the same however a checkout ends its lines.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class ScriptChecksum {
  private ScriptChecksum() {}

  /** Returns the number of a script's text. */
  public static int of(String text) {
    CRC32 crc = new CRC32();
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    bare.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) crc.getValue();
  }
}
