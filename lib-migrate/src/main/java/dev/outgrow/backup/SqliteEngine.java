package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.Database;
import dev.outgrow.database.scratch.ScratchDatabase;
import dev.outgrow.migration.Migrations;
import dev.outgrow.sql.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Backups of SQLite: {@code VACUUM INTO} out, SQLite's own copying of pages back in. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class SqliteEngine implements Engine {
  private final Database database;
  private final BackupOptions options;

  SqliteEngine(Database database, BackupOptions options) {
    this.database = database;
    this.options = options;
  }

  @Override
  public BackupFormat format() {
    return BackupFormat.SQLITE;
  }

  @Override
  public long size() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return SqlitePages.number(connection, "page_count")
          * SqlitePages.number(connection, "page_size");
    }
  }

  @Override
  public Written write(Path file, BackupFolder folder, Supervision supervision)
      throws SQLException, IOException {
    Set<String> histories = ChainVersions.histories(database, options);
    String version;
    supervision.tell(BackupProgress.at(Phase.WRITE));
    try (Connection connection = database.ownConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?");
        Supervision.Watched watched = supervision.watching(vacuum::cancel)) {
      version = SqlitePages.text(connection, "SELECT sqlite_version()");
      vacuum.setString(1, file.toString());
      vacuum.execute();
    }
    supervision.tell(BackupProgress.at(Phase.WRITE));
    // The copy is the moment; what is written meanwhile is in the file and not in it.
    try (Connection copy = SqlitePages.open(file)) {
      SqlitePages.requireWhole(file, copy, supervision);
      List<BackupTable> tables = new SqliteContents(copy, supervision).read();
      Set<String> there = tables.stream().map(BackupTable::name).collect(Collectors.toSet());
      return new Written(
          version,
          "VACUUM INTO",
          List.of("main"),
          ChainVersions.read(copy, Dialect.SQLITE, histories, there),
          tables);
    }
  }

  @Override
  public Optional<String> rehearse(Backup backup, Supervision supervision)
      throws SQLException, IOException {
    requireEqual(backup, supervision);
    supervision.tell(BackupProgress.at(Phase.LOAD));
    try (ScratchDatabase scratch = ScratchDatabase.beside(database)) {
      SqlitePages.replace(scratch.database(), backup.file(), options.lockTimeout());
      try (Connection loaded = scratch.database().ownConnection()) {
        Compared.require(backup, new SqliteContents(loaded, supervision).read());
      }
      return options
          .chainsOf()
          .map(chains -> chains.apply(scratch.database()))
          .map(Migrations::validate)
          .map(status -> status.text());
    }
  }

  /** Proves a file by itself, without a place to put it. */
  static void requireEqual(Backup backup, Supervision supervision)
      throws SQLException, IOException {
    try (Connection file = SqlitePages.open(backup.file())) {
      SqlitePages.requireWhole(backup.file(), file, supervision);
      Compared.require(backup, new SqliteContents(file, supervision).read());
    }
  }

  @Override
  public List<String> holds() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return new ArrayList<>(
          SqlitePages.texts(
              connection,
              "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                  + " AND type IN ('table', 'view') ORDER BY name"));
    }
  }

  @Override
  public Restored restore(Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException {
    requireRoom(backup);
    supervision.tell(BackupProgress.at(Phase.COMMIT));
    SqlitePages.replace(database, backup.file(), options.lockTimeout());
    return new Restored(List.of(), List.of());
  }

  /** The pages go into the log beside the database before they go into it. */
  private void requireRoom(Backup backup) throws IOException {
    Path file = database.url().file().map(Path::toAbsolutePath).orElse(null);
    Path folder = file == null ? null : file.getParent();
    if (folder == null) {
      return; // in memory, or nobody knows where
    }
    long needed = backup.manifest().size();
    long free = options.room().in(folder);
    if (free < needed) {
      throw new BackupException(
          backup.file(),
          "To restore "
              + backup.file()
              + " into "
              + file
              + " takes "
              + needed
              + " bytes on its disk; there is room for "
              + free
              + ".",
          "Make room; nothing was changed.",
          null);
    }
  }
}
