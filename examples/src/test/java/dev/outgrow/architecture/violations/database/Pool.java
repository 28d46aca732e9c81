package dev.outgrow.architecture.violations.database;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.Front;

/** The core, knowing who builds on it. */
@Breaks({"database may import error, sql, database.violation", "lib-core knows only itself"})
public interface Pool {
  void know(Front front);
}
