package dev.outgrow.examples.runner;

import dev.outgrow.importer.SqliteImport;
import dev.outgrow.importer.report.Inspection;
import dev.outgrow.importer.report.ReportJson;
import dev.outgrow.importer.report.ReportText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a file holds. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description =
        "Shows the schema, the rows, what each column really holds and what would not fit. Writes nothing.")
final class InspectCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RulesOption rules = new RulesOption();

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
    try (ProgressDisplay display = ProgressDisplay.of(console)) {
      return part.of(SqliteImport.from(source.file()))
          .rules(rules.rules())
          .onProgress(display)
          .inspect();
    }
  }
}
