package dev.outgrow.examples.runner;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the manual. */
@Command(
    name = "manual",
    mixinStandardHelpOptions = true,
    description = "Prints all of the help as a page for man. It is in docs/outgrow.1, too.",
    footer = {"  outgrow manual | man -l -", "  man -l docs/outgrow.1"})
final class ManualCommand implements Callable<Integer> {
  private final Console console;

  ManualCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(ManualPage.of(console));
    return ExitCode.VERIFIED.number();
  }
}
