package dev.outgrow.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** What is in a backup of PostgreSQL, as something that can be run. */
interface RestoreScript {
  /**
   * Runs it in the transaction that is open.
   *
   * @param made the schemas that were made for it already
   */
  void run(Connection connection, Set<String> made, Supervision supervision)
      throws SQLException, IOException;
}
