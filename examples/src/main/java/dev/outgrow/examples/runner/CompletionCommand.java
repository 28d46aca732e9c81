package dev.outgrow.examples.runner;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a shell needs to complete command lines. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that teaches a shell the commands, the options and the words behind them.",
      "For a shell that is open: source it. For all: put that line into ~/.bashrc or ~/.zshrc, or the script of fish"
          + " into ~/.config/fish/completions/outgrow.fish."
    },
    footer = {
      "  source <(outgrow completion bash)",
      "  source <(outgrow completion zsh)",
      "  outgrow completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  /** The shells, as a person writes them. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine outgrow = Outgrow.whole(console);
    console
        .out()
        .print(
            shell == Shell.fish
                ? FishCompletion.of(outgrow)
                : AutoComplete.bash("outgrow", outgrow));
    return ExitCode.VERIFIED.number();
  }
}
