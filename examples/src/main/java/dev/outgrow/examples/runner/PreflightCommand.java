package dev.outgrow.examples.runner;

import dev.outgrow.migration.safety.Offenders;
import dev.outgrow.migration.safety.Preflight;
import dev.outgrow.migration.safety.SafetyFinding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at what migrate would run. */
@Command(
    name = "preflight",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at what migrate would run: what locks out or breaks a running application, with the safe way, and the"
          + " rows that new constraints would not accept. Changes nothing."
    },
    exitCodeList = {
      "0:it would run, whatever is warned of",
      "1:a script is sure to fail, or a chain cannot be migrated"
    },
    footer = {"  outgrow preflight --to postgresql://media@db/media"})
final class PreflightCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private MigrationPlace place = new MigrationPlace();

  @Option(names = "--json", description = "Print what was found as JSON.")
  private boolean json;

  /** One statement, in the JSON; the rule as scripts name it. */
  record Found(
      String chain,
      String script,
      int line,
      String rule,
      SafetyFinding.Level level,
      String what,
      String safeWay) {
    static Found of(SafetyFinding each) {
      return new Found(
          each.chain(),
          each.script(),
          each.line(),
          each.rule().id(),
          each.level(),
          each.what(),
          each.safeWay());
    }
  }

  /** What the JSON has. */
  record Whole(
      String database,
      boolean sureToFail,
      List<Found> findings,
      List<Offenders> offenders,
      List<String> unanswered) {}

  PreflightCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return place.look(
        console,
        spec.commandLine(),
        database -> {
          Preflight found = place.chains(database).preflight();
          console.out().print(json ? json(database.url().toString(), found) : text(found));
          return found.isSureToFail() ? ExitCode.FAILED : ExitCode.VERIFIED;
        });
  }

  private static String json(String database, Preflight found) {
    return RecordJson.of(
        new Whole(
            database,
            found.isSureToFail(),
            found.findings().stream().map(Found::of).toList(),
            found.offenders(),
            found.unanswered()));
  }

  private static String text(Preflight found) {
    if (found.isClean()) {
      return "Nothing was found in what is to run.\n";
    }
    StringBuilder text = new StringBuilder();
    found.text().lines().forEach(line -> text.append(Console.plainLine(line)).append('\n'));
    return text.append('\n')
        .append(
            found.isSureToFail()
                ? "A script is sure to fail: migrate refuses before anything of its chain runs.\n"
                : "Nothing of it is sure to fail: migrate warns and goes on.\n")
        .toString();
  }
}
