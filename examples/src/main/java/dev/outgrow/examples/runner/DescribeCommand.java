package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.schema.comparison.SchemaText;
import dev.outgrow.schema.comparison.Side;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a schema. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Prints the schema of a PostgreSQL database or a SQLite file. Writes nothing.")
final class DescribeCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DatabaseOption place = new DatabaseOption();

  @Option(names = "--json", description = "Print the schema as JSON.")
  private boolean json;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Database database = TargetOption.open(place.existing(console, spec.commandLine()))) {
      Side live =
          place
              .schema()
              .map(s -> LiveSchema.read(database, s))
              .orElseGet(() -> LiveSchema.read(database));
      console.out().print(json ? SchemaJson.of(live) : SchemaText.of(live.schema()));
    }
    return ExitCode.VERIFIED.number();
  }
}
