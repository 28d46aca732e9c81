package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.importer.BadRowsException;
import dev.outgrow.importer.Cancellation;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.VerificationFailedException;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Carries a file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Carries the file into PostgreSQL and proves it, row by row. Until that proof the target is"
          + " untouched.",
      "Without a target, an embedded PostgreSQL is started that lives as long as the command.",
      "Into a SQLite file (--to sqlite:///path) everything goes as it is, in one transaction."
    },
    exitCodeList = {
      "0:done and verified",
      "1:failed, the target is untouched",
      "3:verification found a difference; the target is untouched",
      "4:done and verified, but something stayed behind that --accept did not name"
    },
    footer = {
      "  outgrow import media.db --to postgresql://media@db/media",
      "  outgrow import media.db --rules media.rules --report move.html --replace",
      "  outgrow import media.db --orphans keep --accept foreign-key-validation",
      "  outgrow import media.db --dry-run --to postgresql://media@db/media"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private ReportOption report = new ReportOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RowPolicy rows = new RowPolicy();
  @Mixin private PlaceOption place = new PlaceOption();
  @Mixin private ResumeOption resume = new ResumeOption();
  @Mixin private StreamsOption streams = new StreamsOption();
  @Mixin private TacticsOption tactics = new TacticsOption();

  @About(Topic.THERE)
  @Option(
      names = "--replace",
      description =
          "The target may hold something: it is moved to a schema of its own, or of a SQLite file"
              + " to a copy beside it, named in the report.")
  private boolean replace;

  @About(Topic.RUN)
  @Option(
      names = "--lock-timeout",
      paramLabel = "MS",
      defaultValue = "2000",
      description =
          "How many milliseconds one attempt to lock the target's tables waits, once everything is"
              + " proven; who uses them waits behind it. Without it: ${DEFAULT-VALUE}.")
  private long lockTimeout = 2_000;

  @About(Topic.RUN)
  @Option(
      names = "--lock-retries",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often that is tried again, after pauses. Without it: ${DEFAULT-VALUE}.")
  private int lockRetries = 20;

  @About(Topic.RUN)
  @Option(
      names = "--dry-run",
      description =
          "Try it: load and compare every row in a scratch database beside the target, or with"
              + " --into-existing and --append in a transaction that is rolled back. The target is"
              + " as it was, the exit code that of an import.")
  private boolean dryRun;

  @About(Topic.ROWS)
  @Option(
      names = "--reject-dir",
      paramLabel = "DIR",
      description =
          "Where a folder for rows kept aside is made, if there are any. Without it: the report's"
              + " folder, or the current one.")
  private @Nullable Path rejectFolder;

  @About(Topic.RESULT)
  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    report.refuseUnwritable();
    rules.rules(); // what is wrong with them is said before a server is started
    try (Signals signals = Signals.cancelling(console)) {
      return carry(signals.cancellation()).number();
    }
  }

  private ExitCode carry(Cancellation cancellation) {
    Optional<DatabaseUrl> url = target.named(console);
    resume.refuse(spec.commandLine(), url.isPresent(), place.intoExisting());
    if (url.isPresent()) {
      return carryInto(url.get(), cancellation);
    }
    place.refuseWithoutTarget(spec.commandLine());
    SqliteImport.from(source.file())
        .requireReadable(); // no server is started for a file that is none
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl database = server.createDatabase();
      console.say("Started an embedded PostgreSQL at " + database + "; it ends with this command.");
      console.say("While it lives, psql finds the password by PGPASSFILE=" + server.passwordFile());
      return carryInto(database, cancellation);
    }
  }

  private ExitCode carryInto(DatabaseUrl url, Cancellation cancellation) {
    try (Database database = TargetOption.open(url)) {
      ImportReport done = run(database, cancellation);
      publish(done, "The import is done, every row of it.");
      return done.leftBehind(place.accepted()).isEmpty() ? ExitCode.VERIFIED : ExitCode.LEFT_BEHIND;
    } catch (BadRowsException e) {
      report
          .write(e.report(), place.accepted())
          .ifPresent(why -> console.say("outgrow: " + why + " The rows are listed below."));
      if (json) {
        console.out().print(ReportJson.of(e.report()));
      }
      throw e;
    } catch (VerificationFailedException e) {
      publish(e.report(), "The import is taken back.");
      console.say("outgrow: " + e.getMessage());
      return ExitCode.DIFFERENT;
    }
  }

  private ImportReport run(Database database, Cancellation cancellation) {
    try (ProgressDisplay display = ProgressDisplay.of(console)) {
      SqliteImport begun = streams.applyTo(tactics.applyTo(SqliteImport.from(source.file())));
      return resume
          .applyTo(rows.applyTo(part.of(place.applyTo(begun))))
          .into(database)
          .schema(target.schema())
          .replace(replace)
          .lockTimeout(Duration.ofMillis(lockTimeout))
          .lockRetries(lockRetries)
          .dryRun(dryRun)
          .rules(rules.rules())
          .rejectFolder(rejectFolder == null ? report.folder() : rejectFolder)
          .onProgress(display)
          .cancelledBy(cancellation)
          .run();
    }
  }

  /** A report that cannot be written changes nothing of how the import has ended. */
  private void publish(ImportReport done, String how) {
    report
        .write(done, place.accepted())
        .ifPresent(
            why ->
                console.say(
                    "outgrow: " + how + " " + why + " It is on standard output instead, here."));
    console.out().print(json ? ReportJson.of(done) : ReportText.of(done, place.accepted()));
  }
}
