package dev.outgrow.examples.runner;

import dev.outgrow.migration.ChainResult;
import dev.outgrow.migration.ChainResult.Outcome;
import dev.outgrow.migration.MigrationResult;
import java.util.Locale;

/** Prints what a run has done: a line for each script that ran. */
final class MigrateText {
  private MigrateText() {}

  static String of(MigrationResult result) {
    TextTable table = new TextTable("chain", "version", "ran");
    for (ChainResult chain : result.chains()) {
      add(table, chain);
    }
    int scripts = result.chains().stream().mapToInt(chain -> chain.ran().size()).sum();
    return table.text()
        + "\n"
        + (scripts == 0 && result.isComplete() ? "Nothing was to run. " : "")
        + scripts
        + (scripts == 1 ? " migration in " : " migrations in ")
        + String.format(Locale.ROOT, "%.1f s", result.took().toMillis() / 1000.0)
        + (result.isComplete() ? ".\n" : "; not everything ran.\n");
  }

  private static void add(TextTable table, ChainResult chain) {
    String name = chain.chain();
    String version = version(chain);
    for (String script : chain.ran()) {
      table.row(name, version, script);
      name = "";
      version = "";
    }
    if (chain.outcome() == Outcome.FAILED || chain.outcome() == Outcome.REFUSED) {
      table.row(name, version, chain.outcome().name().toLowerCase(Locale.ROOT));
    } else if (chain.ran().isEmpty()) {
      table.row(name, version, "–");
    }
  }

  private static String version(ChainResult chain) {
    String from = chain.before().version().orElse("0");
    String to = chain.after().version().orElse("0");
    return from.equals(to) ? to : from + " → " + to;
  }
}
