package dev.outgrow.architecture.violations.importer.journal;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.importer.postgres.Staging;

/** A journal that knows whose it is. */
@Breaks({"importer.journal may import sql"})
public interface Diary {
  void know(Staging staging);
}
