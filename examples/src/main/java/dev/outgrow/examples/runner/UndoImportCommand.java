package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.importer.Imports;
import dev.outgrow.importer.UndoneImport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings back what was there before an import. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = {
      "Brings back what was there before an import, in one transaction. What is there now is kept in a schema of its"
          + " own, with all that was written since."
    },
    exitCodeList = {
      "0:done",
      "1:refused, nothing was changed",
      "2:the schema's name was not given"
    },
    footer = {"  outgrow imports undo ID --confirm public"})
final class UndoImportCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private ImportChoice choice = new ImportChoice();

  @Option(names = "--json", description = "Print what was done as JSON.")
  private boolean json;

  UndoImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Database open = choice.open(console);
        Signals signals = Signals.cancelling(console)) {
      Imports imports = Imports.of(open).cancelledBy(signals.cancellation());
      UndoneImport undone = imports.undo(choice.confirmed(open));
      console.out().print(json ? RecordJson.of(undone) : text(undone));
      return undone.notGiven().isEmpty()
          ? ExitCode.VERIFIED.number()
          : ExitCode.LEFT_BEHIND.number();
    }
  }

  private static String text(UndoneImport undone) {
    StringBuilder text =
        new StringBuilder("Schema ")
            .append(Console.printable(undone.schema()))
            .append(" is what it was before import ")
            .append(Console.printable(undone.id()))
            .append(".\n");
    undone
        .keptIn()
        .ifPresent(
            schema ->
                text.append("What it held until now is kept in schema ")
                    .append(Console.printable(schema))
                    .append("; to drop it: outgrow imports discard ")
                    .append(Console.printable(undone.id()))
                    .append('\n'));
    undone
        .notGiven()
        .forEach(
            n ->
                text.append("Not given back to ")
                    .append(Console.printable(n.name() + ": " + n.reason()))
                    .append('\n'));
    return text.toString();
  }
}
