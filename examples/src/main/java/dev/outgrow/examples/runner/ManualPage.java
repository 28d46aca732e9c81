package dev.outgrow.examples.runner;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Writes the help of all commands as one page for man. */
final class ManualPage {
  private final Roff page = new Roff("OUTGROW", 1, "Outgrow", "Outgrow Manual");

  private ManualPage() {}

  static String of(Console console) {
    CommandLine outgrow = Outgrow.whole(console);
    ManualPage manual = new ManualPage();
    manual.begin(outgrow.getCommandSpec());
    for (Subcommands.Group group : Subcommands.of(console).groups()) {
      manual.page.section(group.title().toUpperCase(Locale.ROOT));
      group.names().stream()
          .map(outgrow.getSubcommands()::get)
          .filter(Objects::nonNull)
          .forEach(manual::command);
    }
    manual.end(outgrow.getCommandSpec());
    return manual.page.toString();
  }

  private void begin(CommandSpec spec) {
    String[] description = spec.usageMessage().description();
    page.section("NAME");
    page.paragraph("outgrow - move an application from SQLite to PostgreSQL");
    page.section("SYNOPSIS");
    page.lines(List.of("outgrow [--json]", "outgrow COMMAND [OPTION]... [ARGUMENT]..."));
    page.section("DESCRIPTION");
    Arrays.stream(description).forEach(page::paragraph);
    page.paragraph("Every command takes --help (-h), and prints what stands here about it.");
    options(spec);
  }

  private void end(CommandSpec spec) {
    page.section("EXIT STATUS");
    page.paragraph("Of a command that says nothing else about it:");
    spec.usageMessage().exitCodeList().forEach(page::item);
    page.section("EXAMPLES");
    page.lines(List.of(spec.usageMessage().footer()));
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    page.subsection(synopsis(spec));
    Arrays.stream(usage.description()).forEach(page::paragraph);
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      page.item(parameter.paramLabel(), joined(parameter.description()));
    }
    options(spec);
    page.paragraph("Exit status: " + exitStatus(usage.exitCodeList()));
    page.lines(List.of(usage.footer()));
    command.getSubcommands().values().forEach(this::command);
  }

  private void options(CommandSpec spec) {
    Topics.of(spec.options()).values().stream()
        .flatMap(List::stream)
        .filter(option -> !option.usageHelp())
        .filter(option -> !option.versionHelp() || spec.parent() == null)
        .forEach(option -> page.item(named(option), joined(option.description())));
  }

  private static String synopsis(CommandSpec spec) {
    String name = spec.qualifiedName().replaceFirst("^outgrow ", "");
    return name
        + " [OPTION]..."
        + spec.positionalParameters().stream()
            .map(p -> p.arity().min() == 0 ? "[" + p.paramLabel() + "]" : p.paramLabel())
            .map(label -> " " + label)
            .collect(Collectors.joining());
  }

  private static String named(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String exitStatus(Map<String, String> codes) {
    return codes.entrySet().stream()
        .map(code -> code.getKey() + " " + code.getValue())
        .collect(Collectors.joining("; ", "", "."));
  }

  private static String joined(String... lines) {
    return String.join(" ", lines);
  }
}
