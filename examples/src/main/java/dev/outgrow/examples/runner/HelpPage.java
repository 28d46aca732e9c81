package dev.outgrow.examples.runner;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How help looks: commands by what they are for, the options of a command that has many by what
 * they are about, then exit codes and examples, in 80 columns.
 */
final class HelpPage {
  private static final int NAMES = 14;
  private static final int COLUMNS = 80;
  private static final Pattern SENTENCE = Pattern.compile("^(.*?)[.:;](?=\\s|$)");

  private final Subcommands subcommands;

  private HelpPage(Subcommands subcommands) {
    this.subcommands = subcommands;
  }

  /** Lays out the help of a command and of all that are attached to it. */
  static void layOut(CommandLine command, Subcommands subcommands) {
    new HelpPage(subcommands).layOut(command);
  }

  private void layOut(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(COLUMNS);
    usage.parameterListHeading("%n");
    usage.commandListHeading("%nCommands:%n");
    usage.exitCodeListHeading("%nExit codes:%n");
    usage.exitCodeList(exitCodes(usage.exitCodeList()));
    usage.footerHeading("%nExamples:%n");
    Map<String, CommandLine.IHelpSectionRenderer> sections = command.getHelpSectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPage::options);
    if (command.getParent() == null) {
      usage.commandListHeading(""); // each group has its own
      sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, this::commands);
    }
    command.getSubcommands().values().forEach(this::layOut);
  }

  /** What every command has in common need not be said by each. */
  private static Map<String, String> exitCodes(Map<String, String> said) {
    Map<String, String> all = new TreeMap<>(said);
    all.putIfAbsent("0", "done");
    all.putIfAbsent("1", "failed, nothing was changed");
    all.putIfAbsent("2", "wrong usage");
    return all;
  }

  private String commands(Help help) {
    StringBuilder text = new StringBuilder();
    for (Subcommands.Group group : subcommands.groups()) {
      text.append(help.createHeading("%n" + group.title() + ":%n"));
      text.append(commands(help, group));
    }
    return text.toString();
  }

  private static Help.TextTable commands(Help help, Subcommands.Group group) {
    Help.TextTable table =
        Help.TextTable.forColumns(
            help.colorScheme(),
            new Help.Column(NAMES, 2, Help.Column.Overflow.SPAN),
            new Help.Column(COLUMNS - NAMES, 0, Help.Column.Overflow.WRAP));
    for (String name : group.names()) {
      Help of = help.subcommands().get(name);
      if (of != null) {
        table.addRowValues(
            help.colorScheme().commandText(name),
            help.colorScheme().text(summary(of.commandSpec())));
      }
    }
    return table;
  }

  /** Returns the first sentence of what a command does. */
  static String summary(CommandSpec spec) {
    return firstSentence(String.join(" ", spec.usageMessage().description()));
  }

  static String firstSentence(String text) {
    Matcher sentence = SENTENCE.matcher(text);
    return sentence.find() ? sentence.group(1) : text;
  }

  private static String options(Help help) {
    List<OptionSpec> all = help.commandSpec().options();
    StringBuilder text = new StringBuilder();
    Topics.of(all)
        .forEach(
            (topic, options) -> {
              // From all of them, so that the columns are those of the whole page.
              Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
              layout.addOptions(options, help.createDefaultParamLabelRenderer());
              text.append(help.createHeading("%n" + topic.title() + ":%n")).append(layout);
            });
    return text.toString();
  }
}
