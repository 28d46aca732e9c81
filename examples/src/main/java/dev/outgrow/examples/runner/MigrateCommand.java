package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.migration.ChainResult;
import dev.outgrow.migration.MigrateTo;
import dev.outgrow.migration.MigrationResult;
import dev.outgrow.migration.Migrations;
import dev.outgrow.migration.safety.Safety;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes chains forwards. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the media history's schema what its migrations say: the core and two plugins, each a chain of its own."
          + " The run that makes the first administrator shows the password, once."
    },
    exitCodeList = {"0:done", "1:a migration failed or was refused; what ran before it is kept"},
    footer = {
      "  outgrow migrate --to postgresql://media@db/media",
      "  outgrow migrate --chain core --steps 1"
    })
final class MigrateCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(
      names = "--chain",
      paramLabel = "C",
      description = "One chain. Without it: all, each behind those it requires.")
  private @Nullable String chain;

  @ArgGroup private HowFar howFar = new HowFar();

  @Option(names = "--out-of-order", description = "Run versions below those that have run as well.")
  private boolean outOfOrder;

  @Option(
      names = "--each",
      description =
          "Each chain by itself: one that fails keeps back only those that require it. Without it the first"
              + " failure ends the run.")
  private boolean each;

  @Option(
      names = "--safety",
      paramLabel = "HOW",
      defaultValue = "warn",
      converter = Words.SafetyConverter.class,
      completionCandidates = Words.SafetyWords.class,
      description =
          "What becomes of scripts that lock out or break a running application: warn, refuse, or off to run them"
              + " unread. Without it: ${DEFAULT-VALUE}. What is sure to fail is refused unless it is off.")
  private Safety safety = Safety.warn();

  @Option(
      names = "--lock-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = Words.TimeConverter.class,
      description =
          "How long a statement waits for a lock on PostgreSQL, such as 500ms, 5s or 1m; 0 as the connection is"
              + " set. Without it: ${DEFAULT-VALUE}.")
  private Duration lockTimeout = Duration.ofSeconds(5);

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** How far a chain goes; to its end unless one of them is given. */
  static final class HowFar {
    @Option(names = "--steps", paramLabel = "N", description = "That many versions further.")
    private @Nullable Integer steps;

    @Option(
        names = "--to-version",
        paramLabel = "V",
        description = "Up to this version, and with it.")
    private @Nullable String version;

    boolean isGiven() {
      return steps != null || version != null;
    }

    MigrateTo to() {
      if (steps != null) {
        return MigrateTo.steps(steps);
      }
      return version == null ? MigrateTo.end() : MigrateTo.version(version);
    }
  }

  /** What the JSON has. */
  record Done(String database, boolean complete, List<ChainResult> chains, Duration took) {}

  MigrateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (chain == null && howFar.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--steps and --to-version are for one chain: give --chain C");
    }
    if (chain != null && each) {
      throw new ParameterException(spec.commandLine(), "--each is for all chains, not for --chain");
    }
    MigrateTo to = howFar.to();
    return place.change(console, database -> migrate(database, to));
  }

  private ExitCode migrate(Database database, MigrateTo to) {
    LoginDisplay login = new LoginDisplay(console, json);
    Migrations migrations =
        place
            .chains(database, login)
            .outOfOrder(outOfOrder)
            .safety(safety)
            .lockTimeout(lockTimeout);
    MigrationResult result =
        login.during(
            () ->
                chain != null
                    ? migrations.migrate(chain, to)
                    : each ? migrations.migrateAll() : migrations.migrate());
    console.out().print(json ? json(database, result) : MigrateText.of(result));
    for (ChainResult failed : result.chains()) {
      failed.failure().ifPresent(why -> console.fail("outgrow: " + failed.chain() + ": ", why));
    }
    return result.isComplete() ? ExitCode.VERIFIED : ExitCode.FAILED;
  }

  private static String json(Database database, MigrationResult result) {
    return RecordJson.of(
        new Done(database.url().toString(), result.isComplete(), result.chains(), result.took()));
  }
}
