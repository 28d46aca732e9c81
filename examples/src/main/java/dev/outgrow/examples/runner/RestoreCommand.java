package dev.outgrow.examples.runner;

import dev.outgrow.backup.BackupChain;
import dev.outgrow.backup.BackupException;
import dev.outgrow.backup.BackupReport;
import dev.outgrow.backup.Backups;
import dev.outgrow.backup.RestoreReport;
import dev.outgrow.database.Database;
import dev.outgrow.migration.Chain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a backup back, or proves it. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Proves a backup in a scratch database, then puts it into a database: an empty one, or one whose name is repeated."
          + " What was there is kept under another name. A backup of SQLite is imported into PostgreSQL."
    },
    exitCodeList = {
      "0:done and verified",
      "1:failed, the database is as it was",
      "2:the name was not repeated",
      "3:the backup is truncated, altered or none; nothing was changed"
    },
    footer = {
      "  outgrow restore media.dump --check",
      "  outgrow restore media.dump --confirm media --timeout PT2H"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Parameters(paramLabel = "FILE", description = "The backup's file, with its manifest beside it.")
  private Path file = Path.of("");

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description =
          "The database's name, to put it over what is there; of a SQLite file its name without the folder.")
  private String confirmed = "";

  @Option(names = "--check", description = "Prove it only, and change nothing.")
  private boolean check;

  @Option(names = "--tools", paramLabel = "DIR", description = "Where pg_restore is.")
  private @Nullable Path tools;

  @Option(
      names = "--no-privileges",
      description = "Leave out the rights that were granted, where their roles are not there.")
  private boolean withoutPrivileges;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description =
          "End it when it takes longer, such as PT2H, and leave the database as it was; without it after 12 hours.")
  private @Nullable Duration timeout;

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Backups.read(file); // before a database is made for it
    return place.change(console, this::run);
  }

  private ExitCode run(Database database) {
    try (Signals signals = Signals.cancelling(console)) {
      Backups backups =
          Backups.of(database)
              .into(file.toAbsolutePath().resolveSibling("").normalize())
              .privileges(!withoutPrivileges)
              .cancelledBy(signals.cancellation())
              .onProgress(new BackupDisplay(console));
      backups = tools == null ? backups : backups.tools(tools);
      backups = timeout == null ? backups : backups.timeout(timeout);
      backups = isOfTheExample(database) ? backups.chains(place::chains) : backups;
      return check ? print(backups.verify(file)) : restored(backups);
    } catch (BackupException refused) {
      return new Failures(console, json).foreseen(refused, ExitCode.DIFFERENT);
    }
  }

  private ExitCode restored(Backups backups) {
    return print(confirmed.isEmpty() ? backups.restore(file) : backups.restore(file, confirmed));
  }

  /** The runner knows the example's chains; a database of another application has its own. */
  private boolean isOfTheExample(Database database) {
    Set<String> histories =
        Backups.read(file).manifest().chains().stream()
            .map(BackupChain::historyTable)
            .collect(Collectors.toSet());
    return place.chains(database).chains().stream()
        .map(Chain::historyTable)
        .anyMatch(histories::contains);
  }

  private ExitCode print(BackupReport report) {
    if (json) {
      console.out().print(RecordJson.of(report));
    } else {
      console.out().println("verified: " + report.tables() + " tables, " + report.rows() + " rows");
    }
    return ExitCode.VERIFIED;
  }

  private ExitCode print(RestoreReport report) {
    if (json) {
      console.out().print(RecordJson.of(report));
      return ExitCode.VERIFIED;
    }
    console
        .out()
        .println(
            Console.printable(
                "restored and verified: "
                    + report.tables()
                    + " tables, "
                    + report.rows()
                    + " rows, into "
                    + report.target()));
    report
        .kept()
        .forEach(name -> console.out().println(Console.printable("what was there: " + name)));
    report
        .untouched()
        .forEach(name -> console.out().println(Console.printable("left as it was: " + name)));
    return ExitCode.VERIFIED;
  }
}
