package dev.outgrow.examples.runner;

import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.authoring.ChainScaffold;
import dev.outgrow.migration.authoring.NewMigration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " chain, which migrates as it is. Replaces no file, and asks no database unless --from-diff is given."
    },
    exitCodeList = {
      "0:done",
      "1:the difference could not be found",
      "2:something is there already, or cannot be written"
    },
    footer = {
      "  outgrow new 'add ratings' --chain core",
      "  outgrow new --plugin ratings",
      "  outgrow new 'add ratings' --chain core --from-diff wanted.sql"
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

  @ArgGroup(exclusive = false)
  private @Nullable Wanted wanted;

  @Mixin private MigrationPlace place = new MigrationPlace();

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

  /** Where the content of a migration comes from. */
  static final class Wanted {
    @Option(
        names = "--from-diff",
        paramLabel = "FILE",
        required = true,
        description =
            "Write the migration, for the database's backend, from the difference between the database and the"
                + " schema that the SQL in this file makes: all that the chain has, behind the chains that it"
                + " requires. Both are only compared; it takes a scratch database beside this one.")
    private Path file = Path.of("");

    @Option(
        names = "--from-scripts",
        description = "From the end of the chain's scripts, and not from the database.")
    private boolean fromScripts;
  }

  /** What the JSON has. */
  record Written(List<String> files) {}

  NewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Wanted given = wanted;
    if (given != null) {
      return fromDiff(given, String.valueOf(whose.chain));
    }
    if (place.isGiven()) {
      throw new ParameterException(spec.commandLine(), "--to is for --from-diff alone");
    }
    List<Path> files = whose.plugin != null ? scaffold(whose.plugin) : migration(whose.chain);
    List<String> names = files.stream().map(Path::toString).toList();
    if (json) {
      console.out().print(RecordJson.of(new Written(names)));
    } else {
      names.forEach(name -> console.out().println(Console.printable(name)));
    }
    return ExitCode.VERIFIED.number();
  }

  private int fromDiff(Wanted given, String chain) {
    if (whose.plugin != null || perBackend) {
      throw new ParameterException(
          spec.commandLine(), "--from-diff is for --chain, and for one backend");
    }
    String what = described();
    Path scripts = folder.resolve(MediaChains.folder(chain));
    DiffMigration diff = new DiffMigration(chain, scripts, given.file, given.fromScripts);
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          Migrations migrations = place.chains(database);
          Optional<String> refusal = diff.refusal(migrations);
          if (refusal.isPresent()) {
            return new Failures(console, json).refused("migration", refusal.get(), "");
          }
          DiffMigration.Written written = diff.write(database, migrations, what);
          console.out().print(json ? RecordJson.of(written) : DiffMigration.text(written));
          return ExitCode.VERIFIED;
        });
  }

  private String described() {
    if (description == null) {
      throw new ParameterException(spec.commandLine(), "Say what the migration does: DESCRIPTION");
    }
    return description;
  }

  private List<Path> scaffold(String plugin) {
    if (description != null) {
      throw new ParameterException(spec.commandLine(), "--plugin takes no description");
    }
    ChainScaffold begun = ChainScaffold.named(plugin);
    return (perBackend ? begun.perBackend() : begun).write(folder);
  }

  private List<Path> migration(@Nullable String chain) {
    String what = described();
    NewMigration begun =
        NewMigration.in(folder.resolve(MediaChains.folder(String.valueOf(chain)))).withUndo();
    return (perBackend ? begun.perBackend() : begun).write(what);
  }
}
