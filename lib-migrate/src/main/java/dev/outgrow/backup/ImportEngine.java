package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ImportReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Puts a backup of SQLite into PostgreSQL, by an import. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class ImportEngine implements Engine {
  private static final String SCHEMA = "public";

  private final Database database;
  private final BackupOptions options;

  ImportEngine(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  @Override
  public BackupFormat format() {
    return BackupFormat.SQLITE;
  }

  @Override
  public long size() {
    throw new UnsupportedOperationException("An import writes no backup");
  }

  @Override
  public Written write(Path file, BackupFolder folder, Supervision supervision) {
    throw new UnsupportedOperationException("An import writes no backup");
  }

  @Override
  public Optional<String> rehearse(Backup backup, Supervision supervision) {
    throw new UnsupportedOperationException("A backup of SQLite is proven as a file");
  }

  @Override
  public List<String> holds() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return PostgresCatalogue.holds(connection, List.of(SCHEMA));
    }
  }

  @Override
  public Restored restore(Backup backup, boolean over, Supervision supervision) {
    Cancellation cancellation = new Cancellation();
    try (Supervision.Watched watched = supervision.watching(cancellation::cancel)) {
      ImportReport report =
          SqliteImport.from(backup.file())
              .into(database)
              .replace(over)
              .cancelledBy(cancellation)
              .lockTimeout(options.lockTimeout())
              .onProgress(
                  at ->
                      supervision.tell(
                          new BackupProgress(Phase.LOAD, at.table(), at.tableRows(), at.bytes())))
              .run();
      List<String> before = report.before().isEmpty() ? List.of() : List.of(report.before());
      return new Restored(before, List.of());
    }
  }
}
