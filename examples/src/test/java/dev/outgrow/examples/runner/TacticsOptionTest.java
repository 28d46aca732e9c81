package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TacticsOptionTest {
  private static final Pattern LEFT_OUT = Pattern.compile("`--without (\\w+)`");

  /** The guide's table of tactics names every one that can be left out, and no other. */
  @Test
  void isWhatTheGuideSays() throws Exception {
    String guide =
        Files.readString(Path.of(System.getProperty("outgrow.root"), "docs", "how-it-works.md"));
    Set<String> told = new TreeSet<>();
    Matcher matcher = LEFT_OUT.matcher(guide);
    while (matcher.find()) {
      told.add(matcher.group(1));
    }

    assertThat(told)
        .isEqualTo(
            Arrays.stream(TacticsOption.Name.values())
                .map(name -> name.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(CommandLine.Model.CommandSpec.forAnnotatedObject(new TacticsOption()).optionsMap())
        .containsKey("--sort-memory");
    assertThat(guide).contains("`--sort-memory MIB`", "`--streams N`");
  }
}
