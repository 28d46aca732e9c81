package dev.outgrow.examples.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drops what all chains own. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Drops the tables that the chains own, with all they hold, and their histories; nothing else. A SQLite file"
          + " is copied first."
    },
    exitCodeList = {
      "0:done",
      "1:refused, nothing was dropped",
      "2:the database's name was not given"
    },
    footer = {"  outgrow reset --confirm media --to postgresql://media@db/media"})
final class ResetCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      required = true,
      description = "The database's name; of a SQLite file its name without the folder.")
  private String confirmed = "";

  @Option(names = "--json", description = "Print what was dropped as JSON.")
  private boolean json;

  ResetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> RemovalText.print(console, json, place.chains(database).reset(confirmed)));
  }
}
