package dev.outgrow.examples.runner;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands below {@code outgrow}, by what they are for. Reading the options of all of them
 * takes longer than most of them run, so that only the one is read that is called.
 */
final class Subcommands {
  private final List<Group> groups = new ArrayList<>();

  /** Commands that serve one purpose. */
  record Group(String title, List<Object> commands) {
    List<String> names() {
      return commands.stream().map(Subcommands::name).toList();
    }
  }

  /** Returns all there are. */
  static Subcommands of(Console console) {
    Subcommands all = new Subcommands();
    all.group(
        "Move a SQLite file to PostgreSQL, and back",
        new InspectCommand(console),
        new PlanCommand(console),
        new ImportCommand(console),
        new VerifyCommand(console),
        imports(console),
        new ExportCommand(console));
    all.group(
        "Change a schema by migrations",
        new StatusCommand(console),
        new MigrateCommand(console),
        new PreflightCommand(console),
        new ScriptCommand(console),
        new HistoryCommand(console),
        new ValidateCommand(console),
        new DriftCommand(console),
        new NewCommand(console),
        new UndoCommand(console),
        new AdoptCommand(console),
        new RepairCommand(console),
        new UninstallCommand(console),
        new ResetCommand(console));
    all.group(
        "Look after a database",
        new DescribeCommand(console),
        new DoctorCommand(console),
        new BackupCommand(console),
        new RestoreCommand(console));
    all.group(
        "Run the media-history application", new ServeCommand(console), new HealthCommand(console));
    all.group(
        "About this program",
        new HelpCommand(console),
        new CompletionCommand(console),
        new ManualCommand(console));
    return all;
  }

  private static CommandLine imports(Console console) {
    CommandLine imports = new CommandLine(new ImportsCommand(console));
    imports.addSubcommand(new UndoImportCommand(console));
    return imports.addSubcommand(new DiscardImportCommand(console));
  }

  private void group(String title, Object... commands) {
    groups.add(new Group(title, List.of(commands)));
  }

  List<Group> groups() {
    return List.copyOf(groups);
  }

  /** Attaches the command that is called; all of them where that cannot be told. */
  void attach(CommandLine outgrow, String... arguments) {
    List<Object> commands = groups.stream().flatMap(group -> group.commands().stream()).toList();
    List<Object> called =
        commands.stream()
            .filter(c -> arguments.length > 0 && name(c).equals(arguments[0]))
            .toList();
    for (Object command : called.isEmpty() ? commands : called) {
      outgrow.addSubcommand(command);
    }
  }

  private static String name(Object command) {
    if (command instanceof CommandLine line) {
      return line.getCommandName();
    }
    Command annotation = command.getClass().getAnnotation(Command.class);
    if (annotation == null) {
      throw new IllegalStateException(command.getClass() + " is no command");
    }
    return annotation.name();
  }
}
