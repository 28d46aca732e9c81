package dev.outgrow.examples.runner;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands below {@code outgrow}. Reading the options of all of them takes longer than most of
 * them run, so that only the one is read that is called.
 */
final class Subcommands {
  private final List<Object> commands = new ArrayList<>();

  /** Adds a command. */
  void addSubcommand(Object command) {
    commands.add(command);
  }

  /** Attaches the command that is called; all of them where that cannot be told. */
  void attach(CommandLine outgrow, String... arguments) {
    List<Object> called =
        commands.stream().filter(c -> arguments.length > 0 && isCalled(c, arguments[0])).toList();
    for (Object command : called.isEmpty() ? commands : called) {
      outgrow.addSubcommand(command);
    }
  }

  private static boolean isCalled(Object command, String name) {
    if (command instanceof CommandLine line) {
      return line.getCommandName().equals(name);
    }
    Command annotation = command.getClass().getAnnotation(Command.class);
    return annotation != null && annotation.name().equals(name);
  }
}
