package dev.outgrow.backup;

import dev.outgrow.backup.BackupProgress.Phase;
import dev.outgrow.database.ClientLogin;
import dev.outgrow.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Backups of PostgreSQL by its own programs. */
@SuppressWarnings("try") // what is held or watched is not asked anything
final class DumpEngine extends PostgresEngine {
  private final @Nullable PostgresTool dump;

  DumpEngine(Database database, BackupOptions options, @Nullable PostgresTool dump) {
    super(database, options);
    this.dump = dump;
  }

  @Override
  public BackupFormat format() {
    return BackupFormat.DUMP;
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
    return options.jobs() == 1
        ? rehearseInOneTransaction(backup, supervision)
        : rehearse(
            scratch -> new DumpJobs(scratch, options).restore(backup, supervision), supervision);
  }

  @Override
  RestoreScript script(Backup backup) {
    return new DumpScript(backup, options);
  }
}
