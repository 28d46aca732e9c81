package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a file holds. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows the schema, the rows, what each column really holds and what would not fit. Writes nothing.",
    footer = {
      "  outgrow inspect media.db",
      "  outgrow inspect media.db --include 'session_*' --json"
    })
final class InspectCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private PlaceOption place = new PlaceOption();

  @About(Topic.RESULT)
  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Inspection inspection = inspect();
    console.out().print(json ? ReportJson.of(inspection) : ReportText.of(inspection));
    return ExitCode.VERIFIED.number();
  }

  private Inspection inspect() {
    SqliteImport begun =
        part.of(place.applyTo(SqliteImport.from(source.file())))
            .schema(target.schema())
            .rules(rules.rules());
    Optional<DatabaseUrl> url = target.named(console);
    if (url.isEmpty() || !place.intoExisting()) {
      place.refuseWithoutTarget(spec.commandLine());
      return inspect(begun);
    }
    try (Database database = TargetOption.open(url.get())) {
      return inspect(begun.into(database));
    }
  }

  private Inspection inspect(SqliteImport begun) {
    try (ProgressDisplay display = ProgressDisplay.of(console)) {
      return begun.onProgress(display).inspect();
    }
  }
}
