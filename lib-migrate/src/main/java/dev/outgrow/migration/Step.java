package dev.outgrow.migration;

import dev.outgrow.migration.script.ScriptFile;
import dev.outgrow.migration.script.ScriptName;
import dev.outgrow.migration.script.Version;
import org.jspecify.annotations.Nullable;

/**
 * A migration that a chain has, as the history table would keep it.
 *
 * @param version its version, or null if it is repeatable
 * @param type {@code SQL} or {@code JDBC}
 * @param script its file name or class
 * @param checksum its number, or null if a change of it is not seen
 * @param place where it was read, for messages
 */
record Step(
    @Nullable Version version,
    String description,
    String type,
    String script,
    @Nullable Integer checksum,
    String place) {

  static Step of(ScriptFile file) {
    ScriptName name = file.name();
    return new Step(
        name.version(), name.description(), "SQL", file.file(), file.checksum(), file.place());
  }

  Step withChecksum(int other) {
    return new Step(version, description, type, script, other, place);
  }
}
