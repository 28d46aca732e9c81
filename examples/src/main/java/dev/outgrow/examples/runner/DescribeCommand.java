package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.catalog.LiveSchema;
import dev.outgrow.schema.comparison.SchemaText;
import dev.outgrow.schema.comparison.Side;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a schema. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Prints the schema of a PostgreSQL database or a SQLite file. Writes nothing.",
    footer = {
      "  outgrow describe --to sqlite:///media.db",
      "  outgrow describe --to postgresql://media@db/media --json"
    })
final class DescribeCommand implements Callable<Integer> {
  private static final String MAIN = "main";

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
    return place.look(
        console,
        spec.commandLine(),
        url -> {
          Side live = live(url);
          console.out().print(json ? SchemaJson.of(live) : SchemaText.of(live.schema()));
          return ExitCode.VERIFIED;
        });
  }

  private void requireMain(String schema) {
    if (!schema.equals(MAIN)) {
      throw new ParameterException(
          spec.commandLine(), "The schema of a SQLite file is " + MAIN + ", not " + schema);
    }
  }

  private Side live(DatabaseUrl url) {
    Optional<Path> file = url.file();
    if (file.isPresent()) {
      requireMain(place.schema().orElse(MAIN));
      return LiveSchema.readFile(file.get());
    }
    try (Database database = TargetOption.open(url)) {
      return place
          .schema()
          .map(schema -> LiveSchema.read(database, schema))
          .orElseGet(() -> LiveSchema.read(database));
    }
  }
}
