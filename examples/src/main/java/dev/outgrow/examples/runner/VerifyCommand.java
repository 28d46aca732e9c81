package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import dev.outgrow.importer.report.VerifyReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares a file with what was carried. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the file with PostgreSQL again, row for row, and looks at constraints, indexes and",
      "sequences. Says which side has moved on since the import. Writes nothing.",
      "What an import with the same options keeps aside or carries with NULL is expected to be so.",
      "With a SQLite file, tables and indexes have to be defined in the same words, and every value stored alike."
    },
    exitCodeList = {"0:both sides are equal", "1:they could not be compared", "3:they differ"},
    footer = {"  outgrow verify media.db --to postgresql://media@db/media"})
final class VerifyCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RowPolicy rows = new RowPolicy();
  @Mixin private PlaceOption place = new PlaceOption();
  @Mixin private StreamsOption streams = new StreamsOption();

  @About(Topic.RESULT)
  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DatabaseUrl url =
        target
            .named(console)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "No target: give --to URL or set DATABASE_URL"));
    TargetOption.refuseMissing(spec.commandLine(), url);
    VerifyReport report = compare(url);
    console.out().print(json ? ReportJson.of(report) : ReportText.of(report));
    return (report.verified() ? ExitCode.VERIFIED : ExitCode.DIFFERENT).number();
  }

  private VerifyReport compare(DatabaseUrl url) {
    try (Database database = TargetOption.open(url);
        Signals signals = Signals.cancelling(console);
        ProgressDisplay display = ProgressDisplay.of(console)) {
      SqliteImport begun = rows.applyTo(part.of(place.applyTo(SqliteImport.from(source.file()))));
      return streams
          .applyTo(begun)
          .into(database)
          .schema(target.schema())
          .rules(rules.rules())
          .onProgress(display)
          .cancelledBy(signals.cancellation())
          .verify();
    }
  }
}
