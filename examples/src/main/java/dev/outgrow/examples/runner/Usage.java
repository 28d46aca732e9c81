package dev.outgrow.examples.runner;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, and what may have been meant. */
final class Usage {
  private Usage() {}

  /** Returns a sentence or two. */
  static String of(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      CommandSpec spec = failure.getCommandLine().getCommandSpec();
      return unmatched(spec, unmatched.getUnmatched().get(0));
    }
    return sentence(String.valueOf(failure.getMessage()));
  }

  private static String unmatched(CommandSpec spec, String typed) {
    if (typed.startsWith("-")) {
      String option = typed.replaceFirst("=.*", "");
      return "There is no option " + option + "." + meant(option, spec.optionsMap().keySet());
    }
    return spec.subcommands().isEmpty()
        ? "\"" + typed + "\" is one argument too many."
        : noCommand(spec, typed);
  }

  /** Returns that there is no such command, and which one may have been meant. */
  static String noCommand(CommandSpec spec, String typed) {
    return "There is no command " + typed + "." + meant(typed, spec.subcommands().keySet());
  }

  private static String meant(String typed, Collection<String> words) {
    List<String> nearest = Nearest.to(typed, words);
    return nearest.isEmpty()
        ? ""
        : nearest.stream().collect(Collectors.joining(" or ", " Did you mean ", "?"));
  }

  private static String sentence(String message) {
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
  }
}
