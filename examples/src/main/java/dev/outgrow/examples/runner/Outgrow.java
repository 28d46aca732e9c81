package dev.outgrow.examples.runner;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/**
 * The command {@code examples/outgrow}. Without a subcommand it runs the demonstration.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
@Command(
    name = "outgrow",
    description = {
      "Moves an application from SQLite to PostgreSQL, every row proven to have arrived.",
      "Without a command: a demonstration that needs no set-up."
    },
    synopsisSubcommandLabel = "[COMMAND]",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeList = {
      "0:done and verified",
      "1:failed, the target is untouched",
      "2:wrong usage",
      "3:verification found a difference",
      "4:done and verified, but something stayed behind that --accept did not name"
    },
    footer = {
      "  outgrow inspect media.db",
      "  outgrow import media.db --to postgresql://media@db/media --report move.html",
      "  outgrow verify media.db --to postgresql://media@db/media",
      "  outgrow help import",
      "",
      "Environment:",
      "  DATABASE_URL            the database where no option names one",
      "  DATABASE_URL_FILE       a file that holds it, such as a container's secret",
      "  DATABASE_PASSWORD_FILE  a file that holds the password it lacks",
      "  NO_COLOR                set to anything: no colours",
      "  OUTGROW_DEBUG           set to anything: after an error, where it came from"
    })
public final class Outgrow implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "Print the demonstration's report as JSON.")
  private boolean json;

  private Outgrow(Console console) {
    this.console = console;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Console.ofProcess(), arguments));
  }

  /** Runs the command and returns its exit code. */
  static int run(Console console, String... arguments) {
    Failures failures = Failures.of(console, arguments);
    CommandLine command = commandLine(console, arguments);
    command.setParameterExceptionHandler((e, a) -> failures.usage(e));
    command.setExecutionExceptionHandler((e, c, r) -> failures.failure(e));
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      return failures.failure(e);
    }
  }

  /** Returns the command with all below it, to be read and not to be run. */
  static CommandLine whole(Console console) {
    return commandLine(console);
  }

  private static CommandLine commandLine(Console console, String... arguments) {
    CommandLine command = new CommandLine(new Outgrow(console));
    Subcommands subcommands = Subcommands.of(console);
    subcommands.attach(command, arguments);
    command.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.plainResult() ? Ansi.OFF : Ansi.ON));
    HelpPage.layOut(command, subcommands);
    return command;
  }

  @Override
  public Integer call() {
    return new Demonstration(console).asJson(json).run().number();
  }
}
