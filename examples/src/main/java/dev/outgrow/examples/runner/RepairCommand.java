package dev.outgrow.examples.runner;

import dev.outgrow.migration.ChainStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a chain's history into agreement with its scripts. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Takes changed scripts as they are now, removes the rows of failed ones from the history and marks those"
          + " that are gone. The schema stays as it is."
    },
    exitCodeList = {"0:done", "1:refused, nothing was changed"},
    footer = {"  outgrow repair --chain core"})
final class RepairCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", required = true, description = "The chain.")
  private String chain = "";

  @Option(names = "--json", description = "Print how the chain is now as JSON.")
  private boolean json;

  RepairCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          ChainStatus now = place.chains(database).repair(chain);
          console.out().print(json ? RecordJson.of(now) : StatusText.of(List.of(now)));
          return ExitCode.VERIFIED;
        });
  }
}
