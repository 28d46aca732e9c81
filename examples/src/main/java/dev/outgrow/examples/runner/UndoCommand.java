package dev.outgrow.examples.runner;

import dev.outgrow.migration.UndoResult;
import dev.outgrow.migration.UndoTo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes a chain back. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = {
      "Takes one chain back by its undo scripts, all of it in one transaction: one version, or as far as is said."
          + " What the tables that go hold goes with them; a SQLite file is copied first."
    },
    exitCodeList = {"0:done", "1:refused or failed, nothing was changed"},
    footer = {"  outgrow undo --chain core", "  outgrow undo --chain core --to-version 3"})
final class UndoCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--chain", paramLabel = "C", required = true, description = "The chain.")
  private String chain = "";

  @ArgGroup private HowFar howFar = new HowFar();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** How far a chain goes back; one version unless one of them is given. */
  static final class HowFar {
    @Option(names = "--steps", paramLabel = "N", description = "That many versions back.")
    private int steps = 1;

    @Option(
        names = "--to-version",
        paramLabel = "V",
        description = "Down to this version, which stays.")
    private @Nullable String version;

    @Option(names = "--base", description = "Back to before the first version.")
    private boolean base;

    UndoTo to() {
      if (base) {
        return UndoTo.base();
      }
      return version == null ? UndoTo.steps(steps) : UndoTo.version(version);
    }
  }

  UndoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    UndoTo to = howFar.to();
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          UndoResult result = place.chains(database).undo(chain, to);
          console.out().print(json ? RecordJson.of(result) : text(result));
          return ExitCode.VERIFIED;
        });
  }

  private static String text(UndoResult result) {
    TextTable table = new TextTable("chain", "version", "undone");
    String name = result.after().chain();
    String to = result.after().version().orElse("0");
    String version = result.before().version().orElse("0") + " → " + to;
    for (String script : result.undone()) {
      table.row(name, version, script);
      name = "";
      version = "";
    }
    int count = result.undone().size();
    if (count == 0) {
      return "Nothing was to take back: chain " + name + " is at " + to + ".\n";
    }
    return table.text()
        + "\n"
        + count
        + (count == 1 ? " migration" : " migrations")
        + " taken back in "
        + String.format(Locale.ROOT, "%.1f s.%n", result.took().toMillis() / 1000.0)
        + copied(result.backup());
  }

  static String copied(Optional<Path> backup) {
    return backup
        .map(file -> "The file as it was before: " + Console.printable(file.toString()) + "\n")
        .orElse("");
  }
}
