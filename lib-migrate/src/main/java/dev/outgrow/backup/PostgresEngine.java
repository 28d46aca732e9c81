package dev.outgrow.backup;

import dev.outgrow.database.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What backups of PostgreSQL have in common, whatever writes them. */
abstract class PostgresEngine implements Engine {
  final Database database;
  final BackupOptions options;

  PostgresEngine(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Returns what puts a backup of this format back. */
  abstract RestoreScript script(Backup backup);

  @Override
  public final long size() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return PostgresCatalogue.size(connection);
    }
  }

  @Override
  public final List<String> holds() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return PostgresCatalogue.holds(connection, PostgresCatalogue.schemas(connection));
    }
  }

  @Override
  public final Restored restore(Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException {
    return new PostgresRestore(database, options, script(backup))
        .restore(backup, over, supervision);
  }

  final Optional<String> rehearse(Rehearsal.Way way, Supervision supervision)
      throws SQLException, IOException {
    return new Rehearsal(database, options).run(way, supervision);
  }

  final Optional<String> rehearseInOneTransaction(Backup backup, Supervision supervision)
      throws SQLException, IOException {
    return rehearse(
        scratch ->
            new PostgresRestore(scratch, options, script(backup))
                .restore(backup, false, supervision),
        supervision);
  }
}
