package dev.outgrow.examples.runner;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.error.OutgrowException;
import dev.outgrow.importer.BadRowsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

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
      "Without a command: a demonstration that needs no set-up.",
      ""
    },
    synopsisSubcommandLabel = "[COMMAND]",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done and verified",
      "1:failed, the target is untouched",
      "2:wrong usage",
      "3:verification found a difference",
      "4:done and verified, but something stayed behind that --accept did not name"
    })
public final class Outgrow implements Callable<Integer> {
  private final Console console;

  private Outgrow(Console console) {
    this.console = console;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Console.ofProcess(), arguments));
  }

  /** Runs the command and returns its exit code. */
  static int run(Console console, String... arguments) {
    Subcommands command = new Subcommands();
    command.addSubcommand(new InspectCommand(console));
    command.addSubcommand(new PlanCommand(console));
    command.addSubcommand(new ImportCommand(console));
    command.addSubcommand(imports(console));
    command.addSubcommand(new VerifyCommand(console));
    command.addSubcommand(new ExportCommand(console));
    command.addSubcommand(new MigrateCommand(console));
    command.addSubcommand(new StatusCommand(console));
    command.addSubcommand(new PreflightCommand(console));
    command.addSubcommand(new HistoryCommand(console));
    command.addSubcommand(new ValidateCommand(console));
    command.addSubcommand(new UndoCommand(console));
    command.addSubcommand(new UninstallCommand(console));
    command.addSubcommand(new ResetCommand(console));
    command.addSubcommand(new ScriptCommand(console));
    command.addSubcommand(new DriftCommand(console));
    command.addSubcommand(new NewCommand(console));
    command.addSubcommand(new RepairCommand(console));
    command.addSubcommand(new AdoptCommand(console));
    command.addSubcommand(new DescribeCommand(console));
    command.addSubcommand(new DoctorCommand(console));
    command.addSubcommand(new BackupCommand(console));
    command.addSubcommand(new RestoreCommand(console));
    command.addSubcommand(new ServeCommand(console));
    return execute(console, command, arguments);
  }

  private static int execute(Console console, Subcommands subcommands, String... arguments) {
    CommandLine command = new CommandLine(new Outgrow(console));
    subcommands.attach(command, arguments);
    command.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setColorScheme(CommandLine.Help.defaultColorScheme(ansi(console)));
    command.setParameterExceptionHandler((e, a) -> usage(console, e));
    command.setExecutionExceptionHandler((e, c, r) -> failure(console, e));
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError e) {
      console.say(
          "outgrow: the memory of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB is used up.");
      return ExitCode.FAILED.number();
    }
  }

  private static CommandLine imports(Console console) {
    CommandLine imports = new CommandLine(new ImportsCommand(console));
    imports.addSubcommand(new UndoImportCommand(console));
    return imports.addSubcommand(new DiscardImportCommand(console));
  }

  @Override
  public Integer call() {
    return new Demonstration(console).run().number();
  }

  private static CommandLine.Help.Ansi ansi(Console console) {
    return console.plain() ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.ON;
  }

  private static int usage(Console console, ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    console.say("outgrow: " + failure.getMessage() + ". See " + command + " --help.");
    return ExitCode.USAGE.number();
  }

  /** A person gets one line; whoever looks for the fault asks for the rest. */
  private static int failure(Console console, Exception failure) {
    if (failure instanceof BadRowsException bad) {
      ("outgrow: " + bad.what() + bad.remedy()).lines().forEach(console::say); // a row a line
    } else if (failure instanceof OutgrowException foreseen) {
      console.fail("outgrow: ", foreseen);
    } else {
      console.say("outgrow: " + unforeseen(failure));
    }
    if (!console.environment().getOrDefault("OUTGROW_DEBUG", "").isEmpty()) {
      failure.printStackTrace(console.err());
    }
    return (failure instanceof ConfigurationException ? ExitCode.USAGE : ExitCode.FAILED).number();
  }

  private static String unforeseen(Exception failure) {
    return "an unforeseen failure: "
        + String.valueOf(failure.getMessage())
        + " ("
        + failure.getClass().getSimpleName()
        + "). Run it again with OUTGROW_DEBUG=1 and report what it prints.";
  }
}
