package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.migration.MigrationStatus;
import dev.outgrow.migration.Migrations;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** Restores a backup of PostgreSQL into a scratch database, and lets that through the gate. */
final class Rehearsal {
  private final Database database;
  private final BackupOptions options;

  Rehearsal(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  /** Restores into a scratch database and compares what is there. */
  interface Way {
    void restore(Database scratch) throws SQLException, IOException;
  }

  Optional<String> run(Way way, Supervision supervision) throws SQLException, IOException {
    supervision.tell(BackupProgress.at(Phase.LOAD));
    try (ScratchDatabase scratch = ScratchDatabase.beside(database)) {
      way.restore(scratch.database());
      return options
          .chainsOf()
          .map(chains -> chains.apply(scratch.database()))
          .map(Migrations::validate)
          .map(MigrationStatus::text);
    }
  }
}
