package dev.outgrow.examples.runner;

import dev.outgrow.backup.Backup;
import dev.outgrow.backup.BackupException;
import dev.outgrow.backup.BackupManifest;
import dev.outgrow.backup.BackupReport;
import dev.outgrow.backup.Backups;
import dev.outgrow.backup.BuiltInCopy;
import dev.outgrow.backup.Retention;
import dev.outgrow.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a backup. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a backup of a database, as of one moment, and prints its file. PostgreSQL by pg_dump, which is looked for"
          + " on the PATH and in /usr/lib/postgresql; SQLite by VACUUM INTO."
    },
    exitCodeList = {
      "0:made, and with --verify proven",
      "1:failed, nothing was made",
      "3:what was made could not be proven"
    },
    footer = {
      "  outgrow backup media.dump --verify --timeout PT2H",
      "  outgrow backup --into backups --keep 7 --keep-daily 14",
      "  outgrow backup --into backups --list"
    })
final class BackupCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "The new file to make, with its manifest beside it. Without it: one named after the database and the"
              + " moment, in the folder of backups.")
  private @Nullable Path file;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The folder of backups. Without it: backups, beside a SQLite file or here.")
  private @Nullable Path folder;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Delete all but the last N behind it; with the next two more are kept.")
  private @Nullable Integer last;

  @Option(names = "--keep-daily", paramLabel = "N", description = "Keep the last of N days.")
  private int daily;

  @Option(names = "--keep-weekly", paramLabel = "N", description = "Keep the last of N weeks.")
  private int weekly;

  @Option(names = "--verify", description = "Restore it into a scratch database and compare.")
  private boolean verify;

  @Option(names = "--list", description = "Make none, and list those that are there.")
  private boolean list;

  @Option(names = "--tools", paramLabel = "DIR", description = "Where pg_dump and pg_restore are.")
  private @Nullable Path tools;

  @Option(
      names = "--built-in-copy",
      paramLabel = "WHEN",
      completionCandidates = Words.BuiltInCopyWords.class,
      description = "Copy PostgreSQL without pg_dump: refused (the default), allowed, always.")
  private BuiltInCopy builtInCopy = BuiltInCopy.REFUSED;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "End it when making it, or proving it, takes longer, such as PT2H; without it after 12 hours.")
  private @Nullable Duration timeout;

  @Option(names = "--json", description = "Print what was made as JSON.")
  private boolean json;

  BackupCommand(Console console) {
    this.console = console;
  }

  /** What was done, for JSON. */
  record Result(List<Backup> backups, Optional<BackupReport> report) {}

  @Override
  public Integer call() {
    if (file != null && (folder != null || last != null || daily > 0 || weekly > 0 || list)) {
      throw new ParameterException(
          spec.commandLine(),
          "FILE is one backup: --into, --keep, --keep-daily, --keep-weekly and --list are for a folder of them");
    }
    return place.look(console, spec.commandLine(), this::run);
  }

  private ExitCode run(Database database) {
    try (Signals signals = Signals.cancelling(console)) {
      Backups backups =
          Backups.of(database)
              .builtInCopy(builtInCopy)
              .cancelledBy(signals.cancellation())
              .onProgress(new BackupDisplay(console));
      backups = folder == null ? backups : backups.into(folder);
      backups = tools == null ? backups : backups.tools(tools);
      backups = timeout == null ? backups : backups.timeout(timeout);
      if (list) {
        return print(new Result(backups.list(), Optional.empty()));
      }
      Backup backup = file == null ? kept(backups).create() : new NamedBackup(file).create(backups);
      return verify
          ? verified(backups, backup)
          : print(new Result(List.of(backup), Optional.empty()));
    }
  }

  private Backups kept(Backups backups) {
    if (last == null) {
      if (daily > 0 || weekly > 0) {
        throw new ParameterException(
            spec.commandLine(), "--keep-daily and --keep-weekly need --keep N");
      }
      return backups;
    }
    return backups.keep(new Retention(last, daily, weekly));
  }

  private ExitCode verified(Backups backups, Backup backup) {
    try {
      BackupReport report = backups.verify(backup.file());
      return print(new Result(List.of(backup), Optional.of(report)));
    } catch (BackupException different) {
      return new Failures(console, json).foreseen(different, ExitCode.DIFFERENT);
    }
  }

  private ExitCode print(Result result) {
    if (json) {
      console.out().print(RecordJson.of(result));
      return ExitCode.VERIFIED;
    }
    for (Backup backup : result.backups()) {
      // Alone on its line, for scripts.
      console.out().println(Console.printable(backup.file().toString()));
      console.out().println("  " + about(backup.manifest()));
    }
    result
        .report()
        .ifPresent(
            report ->
                console
                    .out()
                    .println(
                        "verified: "
                            + report.tables()
                            + " tables, "
                            + report.rows()
                            + " rows, as its manifest says"));
    return ExitCode.VERIFIED;
  }

  private static String about(BackupManifest manifest) {
    return manifest.size()
        + " bytes, "
        + manifest.tables().size()
        + " tables, "
        + manifest.rows()
        + " rows, as of "
        + manifest.at();
  }
}
