package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.plan.ImportPlan;
import dev.outgrow.importer.report.ReportJson;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what an import would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every step with its SQL. Executes nothing.",
      "With a target it is looked at, else an empty one is assumed."
    },
    footer = {
      "  outgrow plan media.db",
      "  outgrow plan media.db --rules media.rules --to postgresql://media@db/media"
    })
final class PlanCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RowPolicy rows = new RowPolicy();
  @Mixin private PlaceOption place = new PlaceOption();
  @Mixin private StreamsOption streams = new StreamsOption();
  @Mixin private TacticsOption tactics = new TacticsOption();

  @About(Topic.THERE)
  @Option(names = "--replace", description = "The target may hold something, as in import.")
  private boolean replace;

  @About(Topic.RESULT)
  @Option(names = "--json", description = "Print the plan as JSON.")
  private boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SqliteImport begun =
        streams
            .applyTo(
                tactics.applyTo(
                    rows.applyTo(part.of(place.applyTo(SqliteImport.from(source.file()))))))
            .schema(target.schema())
            .rules(rules.rules())
            .replace(replace);
    Optional<DatabaseUrl> url = target.named(console);
    if (url.isEmpty()) {
      place.refuseWithoutTarget(spec.commandLine());
      print(begun.plan());
    } else {
      TargetOption.refuseMissing(spec.commandLine(), url.get());
      try (Database database = TargetOption.open(url.get())) {
        print(begun.into(database).plan());
      }
    }
    return ExitCode.VERIFIED.number();
  }

  private void print(ImportPlan plan) {
    console.out().print(json ? ReportJson.of(plan) : plan.text());
  }
}
