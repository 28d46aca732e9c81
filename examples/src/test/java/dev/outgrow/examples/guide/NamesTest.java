package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What pages name within a sentence is there: options, exceptions, system properties. */
class NamesTest {
  private static final Pattern OPTION = Pattern.compile("(?<![<!\\w-])(--[a-z][a-z-]*[a-z])");
  private static final Pattern EXCEPTION = Pattern.compile("`(\\w+Exception)`");
  private static final Pattern PROPERTY = Pattern.compile("`(outgrow\\.(?:test|fault)\\.[a-z]+)`");

  /** All but the history: what was changed may have changed again. Other programs' calls aside. */
  private final String pages =
      Pages.all().entrySet().stream()
          .filter(page -> !page.getKey().equals("CHANGELOG.md"))
          .flatMap(page -> page.getValue().lines())
          .filter(line -> !line.startsWith("docker "))
          .collect(Collectors.joining("\n"));

  private final String sources =
      Pages.files(Pages.ROOT, file -> file.toString().endsWith(".java")).stream()
          .filter(NamesTest::isNoGuideTest)
          .map(Pages::read)
          .collect(Collectors.joining("\n"));

  private static boolean isNoGuideTest(Path file) {
    return !file.toString().contains("/examples/guide/");
  }

  @Test
  void optionsAreThoseOfACommand() {
    assertThat(named(OPTION))
        .hasSizeGreaterThan(50)
        .allSatisfy(option -> assertThat(sources).contains("\"" + option + "\""));
  }

  @Test
  void exceptionsAreThere() {
    assertThat(named(EXCEPTION))
        .hasSizeGreaterThan(10)
        .allMatch(name -> isOurs(name) || name.equals("SQLException"));
  }

  private boolean isOurs(String name) {
    return sources.contains(" class " + name + " ");
  }

  @Test
  void settingsAreReadSomewhere() {
    assertThat(named(PROPERTY))
        .hasSizeGreaterThan(5)
        .allSatisfy(name -> assertThat(sources).contains(name));
  }

  private Set<String> named(Pattern pattern) {
    return pattern
        .matcher(pages)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
