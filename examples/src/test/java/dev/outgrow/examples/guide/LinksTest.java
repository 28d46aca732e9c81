package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link from one page to another, to a heading, a picture or a file, leads somewhere. */
class LinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> dead = new ArrayList<>();
    Pages.all().forEach((page, text) -> dead.addAll(dead(page, text)));

    assertThat(dead).isEmpty();
  }

  private static List<String> dead(String page, String text) {
    List<String> dead = new ArrayList<>();
    Matcher link = LINK.matcher(withoutCode(text));
    while (link.find()) {
      String to = link.group(1) == null ? link.group(2) : link.group(1);
      if (!to.matches("(https?|mailto):.*") && !leadsSomewhere(page, to)) {
        dead.add(page + " to " + to);
      }
    }
    return dead;
  }

  private static boolean leadsSomewhere(String page, String to) {
    int hash = to.indexOf('#');
    String file = hash < 0 ? to : to.substring(0, hash);
    Path from = Pages.ROOT.resolve(page);
    Path target = file.isEmpty() ? from : from.resolveSibling(file).normalize();
    return target.startsWith(Pages.ROOT)
        && Files.exists(target)
        && (hash < 0 || anchors(Pages.read(target)).contains(to.substring(hash + 1)));
  }

  /** Returns the names that headings have as GitHub makes them. */
  private static Set<String> anchors(String text) {
    Set<String> anchors = new TreeSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher heading = HEADING.matcher(text.replaceAll("(?s)```.*?```", ""));
    while (heading.find()) {
      String name =
          heading
              .group(1)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_ -]", "")
              .replace(' ', '-');
      int before = seen.merge(name, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? name : name + "-" + before);
    }
    return anchors;
  }

  @Test
  void aReaderOfTheReadmeFindsEveryPage() {
    String readme = Pages.text("README.md");

    assertThat(Pages.all().keySet())
        .filteredOn(page -> !page.equals("README.md"))
        .allSatisfy(page -> assertThat(readme).contains("(" + page + ")"));
  }

  @Test
  void everyGuideSaysWhereToGoNext() {
    Pages.all()
        .forEach(
            (page, text) -> {
              if (page.startsWith("docs/") && !text.contains("<!-- printed whole by ")) {
                String end = text.substring(Math.max(0, text.length() - 600));
                assertThat(end).as("the end of %s", page).containsPattern("(?m)^Next: .*\\]\\(");
              }
            });
  }

  private static String withoutCode(String text) {
    return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "");
  }

  @Test
  void aHeadingIsCalledAsOnTheWeb() {
    assertThat(anchors("# The swap, and *the way* back\n## `x_y` (2)\n## A\n## A\n"))
        .containsExactlyInAnyOrder("the-swap-and-the-way-back", "x_y-2", "a", "a-1");
  }
}
