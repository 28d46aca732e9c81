package dev.outgrow.examples.runner;

import dev.outgrow.database.Database;
import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.examples.media.MediaChains;
import dev.outgrow.exporter.ExportDifferenceException;
import dev.outgrow.exporter.ExportJson;
import dev.outgrow.exporter.ExportPlan;
import dev.outgrow.exporter.ExportReport;
import dev.outgrow.exporter.ExportText;
import dev.outgrow.exporter.SqliteExport;
import dev.outgrow.importer.mapping.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The way back. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes PostgreSQL's rows, as of one moment, into a new SQLite file and proves it, row by row.",
      "Until that proof there is no file of that name, or the one that was there."
    },
    exitCodeList = {
      "0:done and verified",
      "1:failed, no file was made or replaced",
      "3:verification found a difference; no file was made or replaced",
      "4:done and verified, but something stayed behind that --accept did not name"
    },
    footer = {
      "  outgrow export back.db --from postgresql://media@db/media",
      "  outgrow export back.db --like media.db --rules media.rules"
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RulesOption rules = new RulesOption();

  @Parameters(index = "0", paramLabel = "FILE", description = "The SQLite file to make.")
  private Path file = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "The PostgreSQL, such as postgresql://user@host:5432/database. Without it: the environment variable"
              + " DATABASE_URL, which keeps the password out of the list of processes.")
  private @Nullable String url;

  @Option(
      names = "--schema",
      paramLabel = "S",
      defaultValue = "public",
      description = "The schema in it. Without it: ${DEFAULT-VALUE}.")
  private String schema = "public";

  @Option(
      names = "--like",
      paramLabel = "FORMER",
      description =
          "A SQLite file whose schema, and whose way to write moments, the new one gets, such as the one that was"
              + " imported. It is only read. Without it the schema is made out of PostgreSQL's.")
  private @Nullable Path former;

  @Option(
      names = "--chains",
      description =
          "The new file gets the schema that the application's own migrations make on SQLite, and their history, so"
              + " that the application starts on it.")
  private boolean chains;

  @Option(
      names = {"--plan", "--dry-run"},
      description =
          "Say what would become what, with the SQL of the schema and the room it takes, and write nothing.")
  private boolean plan;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "End it when it takes longer, such as PT2H; without it after 12 hours.")
  private @Nullable Duration timeout;

  @Option(
      names = "--replace",
      description =
          "A file of that name may give way: it is kept under another, named in the report.")
  private boolean replace;

  @Option(
      names = "--accept",
      paramLabel = "KIND",
      split = ",",
      converter = Words.KindConverter.class,
      completionCandidates = Words.KindWords.class,
      description =
          "Kinds of what may stay behind: they are not worth exit code 4, and with --like they do not refuse the"
              + " export. Separated by commas: ${COMPLETION-CANDIDATES}.")
  private List<Kind> accepted = new ArrayList<>();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DatabaseUrl named =
        console
            .database(url)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "No database: give --from URL or set DATABASE_URL"));
    if (chains && former != null) {
      throw new ParameterException(spec.commandLine(), "--chains and --like exclude each other");
    }
    try (Database database = TargetOption.open(named)) {
      if (plan) {
        return plan(database).number();
      }
      ExportReport report = run(database);
      print(report);
      return (report.leftBehind(accepted).isEmpty() ? ExitCode.VERIFIED : ExitCode.LEFT_BEHIND)
          .number();
    } catch (ExportDifferenceException e) {
      print(e.report());
      console.say("outgrow: " + e.getMessage());
      return ExitCode.DIFFERENT.number();
    }
  }

  private ExportReport run(Database database) {
    try (Signals signals = Signals.cancelling(console);
        ProgressDisplay display = ProgressDisplay.of(console)) {
      return export(database).onProgress(display).cancelledBy(signals.cancellation()).run();
    }
  }

  /** Ends as the export would, as far as that can be told. */
  private ExitCode plan(Database database) {
    try (Signals signals = Signals.cancelling(console)) {
      ExportPlan planned = export(database).cancelledBy(signals.cancellation()).plan();
      console.out().print(json ? ExportJson.of(planned) : ExportText.of(planned));
      return planned.leftBehind(accepted).isEmpty() ? ExitCode.VERIFIED : ExitCode.LEFT_BEHIND;
    }
  }

  private SqliteExport export(Database database) {
    SqliteExport export =
        SqliteExport.from(database)
            .into(file)
            .schema(schema)
            .rules(rules.rules())
            .replace(replace)
            .accept(accepted);
    export = former == null ? export : export.like(former);
    export = chains ? export.chains(MediaChains.forAFile()) : export;
    return timeout == null ? export : export.timeout(timeout);
  }

  private void print(ExportReport report) {
    console.out().print(json ? ExportJson.of(report) : ExportText.of(report, accepted));
  }
}
