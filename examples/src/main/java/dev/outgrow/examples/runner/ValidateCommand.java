package dev.outgrow.examples.runner;

import dev.outgrow.migration.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks that what has run is what the scripts say. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that what has run is what the scripts say; what is still to run does not matter. Changes no row."
    },
    exitCodeList = {"0:it is", "1:it is not, and what to do stands behind it"},
    footer = {"  outgrow validate --to postgresql://media@db/media"})
final class ValidateCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--json", description = "Print the status as JSON where it is valid.")
  private boolean json;

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          MigrationStatus status = place.chains(database).validate();
          if (json) {
            console.out().print(StatusCommand.json(database.url().toString(), status));
          } else {
            console.out().println("What has run is what the scripts say.");
          }
          return ExitCode.VERIFIED;
        });
  }
}
