package dev.outgrow.architecture.violations.database.catalog;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.scratch.Server;

/** A reader that starts servers. */
@Breaks({"database.catalog may import database, schema, schema.comparison, error, sql, sql.sqlite"})
public interface Reader {
  void know(Server server);
}
