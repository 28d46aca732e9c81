package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.PastImport;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the imports that a database knows of. */
@Command(
    name = "imports",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[undo|discard]",
    description = {
      "Prints the imports into a database, the latest first, and what is kept of each. Changes nothing.",
      "imports undo ID brings back what was there before; imports discard ID drops what is kept."
    },
    footer = {
      "  outgrow imports --to postgresql://media@db/media",
      "  outgrow imports undo ID --confirm public"
    })
final class ImportsCommand implements Callable<Integer> {
  private static final long KIB = 1L << 10;

  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DatabaseOption database = new DatabaseOption();

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  /** What the JSON has. */
  record Whole(String database, List<PastImport> imports) {}

  ImportsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DatabaseUrl url = database.required(console, spec.commandLine());
    try (Database open = TargetOption.open(url)) {
      List<PastImport> past =
          Imports.of(open).list().stream()
              .filter(i -> database.schema().map(i.schema()::equals).orElse(true))
              .toList();
      console
          .out()
          .print(json ? RecordJson.of(new Whole(open.url().toString(), past)) : text(past));
      return ExitCode.VERIFIED.number();
    }
  }

  private static String text(List<PastImport> past) {
    if (past.isEmpty()) {
      return "No import is known here.\n";
    }
    TextTable table = new TextTable("id", "began (UTC)", "state", "schema", "kept", "file");
    for (PastImport each : past) {
      table.row(
          each.id(),
          each.started().truncatedTo(ChronoUnit.SECONDS).toString(),
          each.state().name().toLowerCase(Locale.ROOT),
          each.schema(),
          each.kept().isEmpty()
              ? "–"
              : each.kept().stream()
                  .map(k -> k.schema() + ", " + size(k.bytes()))
                  .collect(Collectors.joining("; ")),
          each.source());
    }
    String undoable =
        past.stream()
            .filter(i -> i.whyNotUndone().isEmpty())
            .map(i -> "  outgrow imports undo " + i.id() + "\n")
            .collect(Collectors.joining());
    return table.text() + (undoable.isEmpty() ? "" : "\nCan be undone:\n" + undoable);
  }

  private static String size(long bytes) {
    return bytes < KIB * KIB
        ? (bytes + KIB - 1) / KIB + " KiB"
        : String.format(Locale.ROOT, "%,d MiB", bytes / (KIB * KIB));
  }
}
