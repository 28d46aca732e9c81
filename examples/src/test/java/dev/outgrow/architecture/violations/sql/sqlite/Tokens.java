package dev.outgrow.architecture.violations.sql.sqlite;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.Pool;

/** Pure text that knows a pool. */
@Breaks({"sql.sqlite may import schema, error, sql"})
public interface Tokens {
  void know(Pool pool);
}
