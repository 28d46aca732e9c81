package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.SqliteImport;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what an import would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every step with its SQL. Executes nothing.",
      "With a target it is looked at, else an empty one is assumed."
    })
final class PlanCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private SourceOption source = new SourceOption();
  @Mixin private RulesOption rules = new RulesOption();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private PartOption part = new PartOption();
  @Mixin private RowPolicy rows = new RowPolicy();

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SqliteImport sqliteImport =
        rows.applyTo(part.of(SqliteImport.from(source.file())))
            .schema(target.schema())
            .rules(rules.rules());
    Optional<DatabaseUrl> url = target.named(console);
    if (url.isEmpty()) {
      console.out().print(sqliteImport.plan().text());
    } else {
      try (Database database = TargetOption.open(url.get())) {
        console.out().print(sqliteImport.into(database).plan().text());
      }
    }
    return ExitCode.VERIFIED.number();
  }
}
