package dev.outgrow.examples.runner;

import dev.outgrow.migration.ChainStatus;
import dev.outgrow.migration.MigrationStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how the chains are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the media history's schema is, chain by chain, and what to do. Changes no row; a SQLite file is"
          + " opened as an application opens it, in WAL mode."
    },
    exitCodeList = {"0:every chain is current", "1:one is not"},
    footer = {"  outgrow status --to postgresql://media@db/media"})
final class StatusCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--json", description = "Print the status as JSON.")
  private boolean json;

  /** What the JSON has. */
  record Status(
      String database,
      boolean current,
      List<ChainStatus> chains,
      List<String> orphanChains,
      List<String> unknownTables) {}

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          MigrationStatus status = place.chains(database).check();
          console
              .out()
              .print(json ? json(database.url().toString(), status) : StatusText.of(status));
          return status.isCurrent() ? ExitCode.VERIFIED : ExitCode.FAILED;
        });
  }

  static String json(String database, MigrationStatus status) {
    return RecordJson.of(
        new Status(
            database,
            status.isCurrent(),
            status.chains(),
            status.orphanChains(),
            status.unknownTables()));
  }
}
