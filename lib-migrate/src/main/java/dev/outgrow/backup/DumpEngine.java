package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.ClientLogin;
import dev.outgrow.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Backups of PostgreSQL by its own programs. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class DumpEngine implements Engine {
  private final Database database;
  private final BackupOptions options;
  private final @Nullable PostgresTool dump;

  DumpEngine(Database database, BackupOptions options, @Nullable PostgresTool dump) {
    this.database = database;
    this.options = options;
    this.dump = dump;
  }

  @Override
  public BackupFormat format() {
    return BackupFormat.DUMP;
  }

  @Override
  public long size() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return PostgresCatalogue.size(connection);
    }
  }

  @Override
  public Written write(Path file, BackupFolder folder, Supervision supervision)
      throws SQLException, IOException {
    PostgresTool tool = Objects.requireNonNull(dump);
    try (PostgresSnapshot snapshot = PostgresSnapshot.open(database, options);
        ClientLogin login = ClientLogin.of(database.url(), folder.unfinished("pgpass"));
        ToolRun run =
            ToolRun.start(
                tool,
                login,
                TempFiles.create("log"), // what it says of a disk that is full is not on it
                List.of(
                    "--format=custom",
                    "--encoding=UTF8",
                    "--no-password",
                    "--lock-wait-timeout=" + options.lockTimeout().toMillis(),
                    "--snapshot=" + snapshot.export(),
                    "--file=" + file));
        Supervision.Watched watched = supervision.watching(run::end)) {
      Written written = snapshot.read(tool.version(), supervision);
      run.await(() -> supervision.tell(new BackupProgress(Phase.WRITE, "", 0, size(file))));
      return written;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException notYet) {
      return 0;
    }
  }

  @Override
  public Optional<String> rehearse(Backup backup, Supervision supervision)
      throws SQLException, IOException {
    Rehearsal.Way way =
        options.jobs() == 1
            ? scratch ->
                new PostgresRestore(scratch, options, script(backup))
                    .restore(backup, false, supervision)
            : scratch -> new DumpJobs(scratch, options).restore(backup, supervision);
    return new Rehearsal(database, options).run(way, supervision);
  }

  @Override
  public List<String> holds() throws SQLException {
    try (Connection connection = database.ownConnection()) {
      return PostgresCatalogue.holds(connection, PostgresCatalogue.schemas(connection));
    }
  }

  @Override
  public Restored restore(Backup backup, boolean over, Supervision supervision)
      throws SQLException, IOException {
    return new PostgresRestore(database, options, script(backup))
        .restore(backup, over, supervision);
  }

  private RestoreScript script(Backup backup) {
    return new DumpScript(backup, options);
  }
}
