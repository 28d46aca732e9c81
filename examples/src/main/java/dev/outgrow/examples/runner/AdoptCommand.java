package dev.outgrow.examples.runner;

import dev.outgrow.migration.ChainStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a schema that came from elsewhere its history. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a chain its history where its tables came from elsewhere: they are compared with what the chain makes"
          + " in a scratch database, and where they are the same its scripts are marked as run."
    },
    exitCodeList = {"0:done", "1:the schema differs, nothing was changed"},
    footer = {"  outgrow adopt --chain core --at 5"})
final class AdoptCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", required = true, description = "The chain.")
  private String chain = "";

  @Option(
      names = "--at",
      paramLabel = "V",
      required = true,
      description = "The version that the schema is at.")
  private String version = "";

  @Option(names = "--json", description = "Print how the chain is now as JSON.")
  private boolean json;

  AdoptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          ChainStatus now = place.chains(database).adopt(chain, version);
          console.out().print(json ? RecordJson.of(now) : StatusText.of(List.of(now)));
          return ExitCode.VERIFIED;
        });
  }
}
