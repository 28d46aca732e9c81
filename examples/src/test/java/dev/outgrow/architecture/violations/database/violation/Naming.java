package dev.outgrow.architecture.violations.database.violation;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.Pool;

/** What names a broken rule and opens databases for it. */
@Breaks({"database.violation may import schema, error, sql, sql.sqlite"})
public interface Naming {
  void know(Pool pool);
}
