package dev.outgrow.examples.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops what one chain owns. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    description = {
      "Drops the tables that a chain owns, with all they hold, and its history; nothing else. A SQLite file is"
          + " copied first."
    },
    exitCodeList = {"0:done", "1:refused, nothing was dropped", "2:the name was not repeated"},
    footer = {"  outgrow uninstall --chain newsletters --confirm newsletters"})
final class UninstallCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", required = true, description = "The chain.")
  private String chain = "";

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      required = true,
      description = "The chain's name once more.")
  private String confirmed = "";

  @Option(names = "--json", description = "Print what was dropped as JSON.")
  private boolean json;

  UninstallCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database ->
            RemovalText.print(console, json, place.chains(database).uninstall(chain, confirmed)));
  }
}
