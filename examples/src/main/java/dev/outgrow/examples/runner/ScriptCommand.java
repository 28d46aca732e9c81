package dev.outgrow.examples.runner;

import dev.outgrow.migration.MigrationScript;
import dev.outgrow.migration.Migrations;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what migrate would run. */
@Command(
    name = "script",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what migrate would run as SQL, with the rows of the history, to be read and applied by others."
          + " Executes nothing.",
      "The first administrator is made in Java, which has no SQL: give --chain core --to-version 5, have the core"
          + " migrated, then print the rest."
    },
    exitCodeList = {"0:done", "1:refused"},
    footer = {
      "  outgrow script --file migrate.sql",
      "  outgrow script --chain core --to-version 5"
    })
final class ScriptCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", description = "One chain. Without it: all.")
  private @Nullable String chain;

  @ArgGroup private MigrateCommand.HowFar howFar = new MigrateCommand.HowFar();

  @Option(
      names = "--file",
      paramLabel = "F",
      description = "Write it to this new file. Without it: to stdout.")
  private @Nullable Path file;

  @Option(names = "--json", description = "Print the steps and the SQL as JSON.")
  private boolean json;

  ScriptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (chain == null && howFar.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--steps and --to-version are for one chain: give --chain C");
    }
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          publish(script(place.chains(database)));
          return ExitCode.VERIFIED;
        });
  }

  private MigrationScript script(Migrations migrations) {
    return chain == null ? migrations.script() : migrations.script(chain, howFar.to());
  }

  private void publish(MigrationScript script) {
    if (file != null) {
      script.writeTo(file);
    }
    if (json) {
      console.out().print(RecordJson.of(script));
    } else if (file == null) {
      console.out().print(script.text());
    } else {
      console.out().println("Wrote " + script.steps().size() + " migrations to " + file + ".");
    }
  }
}
