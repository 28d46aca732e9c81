package dev.outgrow.migration;

import dev.outgrow.migration.script.ScriptFile;
import org.jspecify.annotations.Nullable;

/**
 * What takes one version back: a script or code, one of the two.
 *
 * @param row the version's row in the history
 * @param description what the history says of it
 * @param script the undo script's file name, or the class of the migration in Java
 * @param file the undo script, or null
 * @param code the migration in Java, or null
 */
record UndoStep(
    HistoryRow row,
    String description,
    String script,
    @Nullable ScriptFile file,
    @Nullable JavaMigration code) {
  static UndoStep of(HistoryRow row, ScriptFile file) {
    return new UndoStep(row, file.name().description(), file.file(), file, null);
  }

  static UndoStep of(HistoryRow row, JavaMigration code) {
    return new UndoStep(row, row.description(), code.getClass().getName(), null, code);
  }

  /** Returns the number by which a change of it is seen, or null. */
  @Nullable Integer checksum() {
    return file == null ? null : file.checksum();
  }
}
