package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.importer.Imports;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops what is kept of an import. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Drops what is kept of an import: what was there before it or, if it is undone, what it brought, and its"
          + " rejected rows. That cannot be undone."
    },
    exitCodeList = {
      "0:done",
      "1:refused, nothing was dropped",
      "2:the schema's name was not given"
    },
    footer = {"  outgrow imports discard ID --confirm public"})
final class DiscardImportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private ImportChoice choice = new ImportChoice();

  @Option(names = "--json", description = "Print what was dropped as JSON.")
  private boolean json;

  /** What the JSON has. */
  record Dropped(String id, List<String> schemas) {}

  DiscardImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Database open = choice.open(console);
        Signals signals = Signals.cancelling(console)) {
      String id = choice.confirmed(open);
      List<String> dropped = Imports.of(open).cancelledBy(signals.cancellation()).discard(id);
      console.out().print(json ? RecordJson.of(new Dropped(id, dropped)) : text(dropped));
      return ExitCode.VERIFIED.number();
    }
  }

  private static String text(List<String> schemas) {
    StringBuilder text = new StringBuilder();
    schemas.forEach(s -> text.append("  dropped  ").append(Console.printable(s)).append('\n'));
    return text.toString();
  }
}
