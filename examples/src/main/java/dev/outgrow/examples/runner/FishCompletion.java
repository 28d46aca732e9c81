package dev.outgrow.examples.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what the shell fish needs to complete command lines. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();

  private FishCompletion() {}

  static String of(CommandLine outgrow) {
    FishCompletion completion = new FishCompletion();
    completion.line("complete -c outgrow -f");
    completion.command(outgrow.getCommandSpec(), "__fish_use_subcommand");
    outgrow
        .getSubcommands()
        .forEach((name, below) -> completion.command(below.getCommandSpec(), seen(name)));
    return completion.script.toString();
  }

  private static String seen(String name) {
    return "__fish_seen_subcommand_from " + name;
  }

  private void command(CommandSpec spec, String when) {
    for (Map.Entry<String, CommandLine> each : spec.subcommands().entrySet()) {
      String summary = HelpPage.summary(each.getValue().getCommandSpec());
      line(begin(when) + " -a " + each.getKey() + " -d " + quoted(summary));
    }
    spec.options().stream().filter(o -> !o.hidden()).forEach(option -> option(option, when));
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      if (isFile(parameter)) {
        line(begin(when) + " -F");
      } else {
        words(parameter).stream().findAny().ifPresent(any -> candidates(parameter, when));
      }
    }
  }

  private void option(OptionSpec option, String when) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
    }
    String takes = option.arity().max() == 0 ? "" : isFile(option) ? " -r -F" : " -x";
    List<String> words = words(option);
    String of = words.isEmpty() ? "" : " -a " + quoted(String.join(" ", words));
    String description = String.join(" ", option.description());
    line(begin(when) + names + takes + of + " -d " + quoted(HelpPage.firstSentence(description)));
  }

  private void candidates(ArgSpec argument, String when) {
    line(begin(when) + " -a " + quoted(String.join(" ", words(argument))));
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.type() == Path.class;
  }

  private static List<String> words(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  private static String begin(String when) {
    return "complete -c outgrow -n " + quoted(when);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
