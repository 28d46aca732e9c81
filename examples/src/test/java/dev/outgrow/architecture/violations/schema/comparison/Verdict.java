package dev.outgrow.architecture.violations.schema.comparison;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.Pool;

/** A comparison that asks a database. */
@Breaks({"schema.comparison may import schema, error, sql, sql.sqlite"})
public interface Verdict {
  void know(Pool pool);
}
