package dev.outgrow.examples.runner;

import dev.outgrow.migration.AppliedMigration;
import dev.outgrow.migration.Chain;
import dev.outgrow.migration.Migrations;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what has happened to the chains. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Prints what has run, in order, and what was taken back. Changes no row.",
    footer = {"  outgrow history --chain core"})
final class HistoryCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", description = "Of one chain. Without it: of all.")
  private @Nullable String chain;

  @Option(names = "--json", description = "Print the history as JSON.")
  private boolean json;

  /** What one chain has been through. */
  record Past(String chain, List<AppliedMigration> history) {}

  /** What the JSON has. */
  record Whole(String database, List<Past> chains) {}

  HistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          List<Past> pasts = pasts(place.chains(database));
          console
              .out()
              .print(
                  json ? RecordJson.of(new Whole(database.url().toString(), pasts)) : text(pasts));
          return ExitCode.VERIFIED;
        });
  }

  private List<Past> pasts(Migrations migrations) {
    List<String> names =
        chain == null ? migrations.chains().stream().map(Chain::name).toList() : List.of(chain);
    return names.stream().map(name -> new Past(name, migrations.history(name))).toList();
  }

  private static String text(List<Past> pasts) {
    StringBuilder text = new StringBuilder();
    for (Past past : pasts) {
      text.append(text.isEmpty() ? "" : "\n").append(past.chain()).append('\n');
      text.append(past.history().isEmpty() ? "  Nothing has run.\n" : table(past.history()));
    }
    return text.toString();
  }

  private static String table(List<AppliedMigration> rows) {
    TextTable table = new TextTable("#", "version", "what", "type", "when (UTC)", "ms", "");
    for (AppliedMigration row : rows) {
      table.row(
          Integer.toString(row.rank()),
          row.version().orElse("–"),
          row.description(),
          row.type(),
          row.installedOn(),
          Long.toString(row.took().toMillis()),
          row.success() ? "ok" : "FAILED");
    }
    return table.text();
  }
}
