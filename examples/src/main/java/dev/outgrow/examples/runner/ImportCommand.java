package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import dev.outgrow.importer.Orphans;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.VerificationFailedException;
import dev.outgrow.importer.mapping.Kind;
import dev.outgrow.importer.report.ImportReport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries a file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Carries the file into PostgreSQL and proves it, row by row. Until that proof the target is untouched.",
      "Without a target, an embedded PostgreSQL is started that lives as long as the command."
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private ReportOption report = new ReportOption();
  @Mixin private PartOption part = new PartOption();

  @Option(
      names = "--replace",
      description =
          "The target may hold something: it is moved to a schema of its own, named in the report.")
  private boolean replace;

  @Option(
      names = "--orphans",
      paramLabel = "fail|keep",
      defaultValue = "fail",
      converter = Words.OrphansConverter.class,
      description =
          "Rows whose foreign key refers to nothing: refuse the import, or keep them and leave the key NOT VALID."
              + " Without it: ${DEFAULT-VALUE}.")
  private Orphans orphans = Orphans.FAIL;

  @Option(
      names = "--accept",
      paramLabel = "KIND",
      split = ",",
      converter = Words.KindConverter.class,
      description =
          "Kinds of what stays behind that are not worth exit code 4, such as view,trigger.")
  private List<Kind> accepted = new ArrayList<>();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    report.refuseUnwritable();
    rules.rules(); // what is wrong with them is said before a server is started
    Optional<DatabaseUrl> url = target.named(console);
    if (url.isPresent()) {
      return carryInto(url.get()).number();
    }
    SqliteImport.from(source.file())
        .requireReadable(); // no server is started for a file that is none
    try (ScratchServer server = ScratchServer.start()) {
      DatabaseUrl database = server.createDatabase();
      console.say("Started an embedded PostgreSQL at " + database + "; it ends with this command.");
      console.say("While it lives, psql finds the password by PGPASSFILE=" + server.passwordFile());
      return carryInto(database).number();
    }
  }

  private ExitCode carryInto(DatabaseUrl url) {
    try (Database database = TargetOption.open(url)) {
      ImportReport done = run(database);
      publish(done);
      return done.leftBehind(accepted).isEmpty() ? ExitCode.VERIFIED : ExitCode.LEFT_BEHIND;
    } catch (VerificationFailedException e) {
      publish(e.report());
      console.say("outgrow: " + e.getMessage());
      return ExitCode.DIFFERENT;
    }
  }

  private ImportReport run(Database database) {
    try (ProgressDisplay display = ProgressDisplay.of(console)) {
      return part.of(SqliteImport.from(source.file()))
          .into(database)
          .schema(target.schema())
          .replace(replace)
          .orphans(orphans)
          .rules(rules.rules())
          .onProgress(display)
          .run();
    }
  }

  private void publish(ImportReport done) {
    report.write(done, accepted);
    console.out().print(json ? ReportJson.of(done) : ReportText.of(done, accepted));
  }
}
