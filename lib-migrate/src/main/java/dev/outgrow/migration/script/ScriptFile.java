package dev.outgrow.migration.script;

import dev.outgrow.migration.fingerprint.ScriptChecksum;
import org.jspecify.annotations.Nullable;

/**
 * A script that was read.
 *
 * <p><em>Immutable.</em>
 *
 * @param file its file name, which is what the history table keeps
 * @param place where it was read, for messages
 * @param name what its name says
 * @param text what it holds
 * @param settings what the file of the same name and {@code .conf} holds, or null if there is none
 * @since 0.1
 */
public record ScriptFile(
    String file, String place, ScriptName name, String text, @Nullable String settings) {
  /** Returns the number by which a history table knows its text. */
  public int checksum() {
    return ScriptChecksum.of(text);
  }
}
