package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.examples.runner.RunnerFixture.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
  /** They report nothing, or are read by a shell, by man, by a person. */
  private static final List<String> WITHOUT_JSON = List.of("help", "completion", "manual", "serve");

  private static final String ESCAPE = "\u001b";

  private static final CommandLine OUTGROW = outgrow();

  private static CommandLine outgrow() {
    PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    return Outgrow.whole(new Console(nobody, nobody, Map.of(), false));
  }

  /** Every command, with those below others. */
  static List<CommandLine> commands() {
    return withThoseBelow(OUTGROW).toList();
  }

  private static Stream<CommandLine> withThoseBelow(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpTest::withThoseBelow));
  }

  @Test
  void everyPageFitsEightyColumnsAndHasExitCodesAndExamples() {
    assertThat(commands()).hasSizeGreaterThan(25);
    for (CommandLine command : commands()) {
      String help = command.getUsageMessage();

      assertThat(help.lines()).allMatch(line -> line.length() <= 80);
      assertThat(help)
          .contains("Usage: ", "\nExit codes:\n  0   ", "\n  1   ", "\n  2   ")
          .contains("\nExamples:\n  ")
          .doesNotContain(ESCAPE, "${");
    }
  }

  @Test
  void everyExampleIsUnderstood() {
    for (CommandLine command : commands()) {
      Arrays.stream(command.getCommandSpec().usageMessage().footer())
          .filter(line -> line.startsWith("  outgrow"))
          .map(line -> line.replaceFirst(" \\|.*", "").replace("'", "").strip())
          .map(line -> line.replace("add ratings", "ratings").split(" ", -1))
          .forEach(words -> outgrow().parseArgs(Arrays.copyOfRange(words, 1, words.length)));
    }
  }

  @Test
  void everyDefaultIsSaid() {
    for (CommandLine command : commands()) {
      assertThat(command.getCommandSpec().options())
          .filteredOn(option -> option.defaultValue() != null)
          .allSatisfy(
              option ->
                  assertThat(String.join(" ", option.description()))
                      .contains(option.defaultValue()));
    }
  }

  @Test
  void whatReportsCanReportAsJson() {
    assertThat(commands())
        .filteredOn(command -> !command.getCommandSpec().optionsMap().containsKey("--json"))
        .map(CommandLine::getCommandName)
        .containsExactlyInAnyOrderElementsOf(WITHOUT_JSON);
  }

  @Test
  void everyCommandHasItsPlace() {
    String help = RunnerFixture.run("--help").out();

    assertThat(help.lines().filter(line -> line.matches("  [a-z]+ +[A-Z].*")))
        .hasSameSizeAs(OUTGROW.getSubcommands().keySet());
    assertThat(help).contains("\nMove a SQLite file to PostgreSQL, and back:\n  inspect  ");
    assertThat(RunnerFixture.run("imports", "--help").out()).contains("\nCommands:\n  undo  ");
  }

  @Test
  void optionsOfACommandWithManyAreSortedByWhatTheyAreAbout() {
    assertThat(RunnerFixture.run("import", "--help").out())
        .containsSubsequence(
            "\nWhere to:\n",
            "--to=URL",
            "\nWhat is carried:\n",
            "--include",
            "\nWhat is there already:\n",
            "--replace",
            "\nWhat does not fit:\n",
            "--orphans",
            "\nHow it runs:\n",
            "--resume",
            "\nWhat comes out:\n",
            "--json")
        .doesNotContain("\nOptions:");
    assertThat(RunnerFixture.run("status", "--help").out()).contains("\nOptions:\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "imports undo", ""})
  void helpOfACommandIsWhatItsOptionPrints(String name) {
    String[] words = name.isEmpty() ? new String[0] : name.split(" ", -1);
    List<String> asked = new ArrayList<>(List.of("help"));
    asked.addAll(Arrays.asList(words));
    List<String> option = new ArrayList<>(Arrays.asList(words));
    option.add("--help");

    Outcome outcome = RunnerFixture.run(asked.toArray(String[]::new));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo(RunnerFixture.run(option.toArray(String[]::new)).out());
  }

  @Test
  void coloursAreForATerminalThatWantsThem() {
    assertThat(coloured(true, Map.of())).contains(ESCAPE + "[1m");
    assertThat(coloured(false, Map.of())).doesNotContain(ESCAPE);
    assertThat(coloured(true, Map.of("NO_COLOR", "1"))).doesNotContain(ESCAPE);
    assertThat(coloured(true, Map.of("TERM", "dumb"))).doesNotContain(ESCAPE);
  }

  private static String coloured(boolean terminal, Map<String, String> environment) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Outgrow.run(new Console(stream, stream, environment, true, terminal), "import", "--help");
    return out.toString(StandardCharsets.UTF_8);
  }
}
