package dev.outgrow.examples.runner;

import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.authoring.ChainScaffold;
import dev.outgrow.migration.authoring.NewMigration;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins a migration, or a plugin's chain. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an empty migration of a chain, with the script that takes it back, or the beginning of a plugin's"
          + " chain, which migrates as it is. Replaces no file and asks no database.",
      "Exit code 0: done. 2: something is there already, or cannot be written."
    })
final class NewCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "DESCRIPTION",
      description = "What the migration does, in a few words.")
  private @Nullable String description;

  @ArgGroup(multiplicity = "1")
  private Whose whose = new Whose();

  @Option(
      names = "--dir",
      paramLabel = "D",
      defaultValue = "examples/src/main/resources",
      description = "The folder that is on the class path. Without it: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("");

  @Option(names = "--per-backend", description = "Write one for each backend.")
  private boolean perBackend;

  @Option(names = "--json", description = "Print the files as JSON.")
  private boolean json;

  /** A chain that is there, or a new one. */
  static final class Whose {
    @Option(names = "--chain", paramLabel = "C", description = "The chain it is of.")
    private @Nullable String chain;

    @Option(names = "--plugin", paramLabel = "NAME", description = "A new plugin's chain.")
    private @Nullable String plugin;
  }

  /** What the JSON has. */
  record Written(List<String> files) {}

  NewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> files = whose.plugin != null ? scaffold(whose.plugin) : migration(whose.chain);
    List<String> names = files.stream().map(Path::toString).toList();
    if (json) {
      console.out().print(RecordJson.of(new Written(names)));
    } else {
      names.forEach(name -> console.out().println(Console.printable(name)));
    }
    return ExitCode.VERIFIED.number();
  }

  private List<Path> scaffold(String plugin) {
    if (description != null) {
      throw new ParameterException(spec.commandLine(), "--plugin takes no description");
    }
    ChainScaffold begun = ChainScaffold.named(plugin);
    return (perBackend ? begun.perBackend() : begun).write(folder);
  }

  private List<Path> migration(@Nullable String chain) {
    if (description == null) {
      throw new ParameterException(spec.commandLine(), "Say what the migration does: DESCRIPTION");
    }
    NewMigration begun =
        NewMigration.in(folder.resolve(MediaChains.folder(String.valueOf(chain)))).withUndo();
    return (perBackend ? begun.perBackend() : begun).write(description);
  }
}
