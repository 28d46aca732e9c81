package dev.outgrow.examples.runner;

import dev.outgrow.migration.drift.ChainDrift;
import dev.outgrow.migration.drift.Drift;
import dev.outgrow.schema.comparison.Difference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the schema with what the migrations make. */
@Command(
    name = "drift",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the schema with what the applied migrations make in a scratch database, which is made beside this"
          + " one and deleted. Changes nothing here."
    },
    exitCodeList = {"0:it is as they make it", "1:it could not be compared", "3:it differs"},
    footer = {"  outgrow drift --to postgresql://media@db/media"})
final class DriftCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--json", description = "Print the differences as JSON.")
  private boolean json;

  /** One difference, in the JSON. */
  record Found(String difference, String part, @Nullable String table, String name, String text) {
    static Found of(Difference each) {
      String kind = each.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      String part = each.part().name().toLowerCase(Locale.ROOT);
      return new Found(kind, part, each.table(), each.name(), each.text());
    }
  }

  /** What differs in one chain, in the JSON. */
  record OfChain(
      String chain, Optional<String> version, List<Found> differences, List<String> notes) {
    static OfChain of(ChainDrift drift) {
      return new OfChain(
          drift.chain(),
          drift.version(),
          drift.differences().stream().map(Found::of).toList(),
          drift.notes());
    }
  }

  /** What the JSON has. */
  record Whole(String database, boolean drift, List<OfChain> chains, List<Found> unknown) {}

  DriftCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          Drift drift = place.chains(database).drift();
          console.out().print(json ? json(database.url().toString(), drift) : text(drift));
          return drift.isNone() ? ExitCode.VERIFIED : ExitCode.DIFFERENT;
        });
  }

  private static String json(String database, Drift drift) {
    return RecordJson.of(
        new Whole(
            database,
            !drift.isNone(),
            drift.chains().stream().map(OfChain::of).toList(),
            drift.unknown().stream().map(Found::of).toList()));
  }

  private static String text(Drift drift) {
    StringBuilder text = new StringBuilder();
    drift.text().lines().forEach(line -> text.append(Console.plainLine(line)).append('\n'));
    return text.append(drift.isNone() ? "No drift.\n" : "").toString();
  }
}
