package dev.outgrow.architecture.violations.database.setup;

import dev.outgrow.architecture.Breaks;
import dev.outgrow.architecture.violations.database.scratch.Server;

/** A set-up that starts servers. */
@Breaks({"database.setup may import database, error, sql"})
public interface Scripts {
  void know(Server server);
}
