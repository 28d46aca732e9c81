package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page shows of an output is what is printed, but for what differs each time: durations, the
 * time in a file's name, a password, and the width of a table's columns. A line {@code …} stands
 * for any number of lines, {@code …} at the end of a line for the rest of it.
 */
final class ShownOutput {
  private ShownOutput() {}

  static void assertShows(String where, List<String> shown, String printed) {
    String pattern = shown.stream().map(ShownOutput::pattern).collect(Collectors.joining());
    String whole = printed.lines().map(l -> normal(l) + "\n").collect(Collectors.joining());
    assertThat(Pattern.compile(pattern).matcher(whole).matches())
        .as("%s shows%n%s%nand prints%n%s", where, String.join("\n", shown), printed)
        .isTrue();
  }

  private static String pattern(String line) {
    String normal = normal(line);
    if (normal.equals("…")) {
      return "(?:[^\n]*\n)*";
    }
    return normal.endsWith("…")
        ? Pattern.quote(normal.substring(0, normal.length() - 1)) + "[^\n]*\n"
        : Pattern.quote(normal) + "\n";
  }

  private static String normal(String line) {
    return line.strip()
        .replaceAll("\\s+", " ")
        .replaceAll("─+", "─")
        .replaceAll(" [\\d,]+ ([0-9a-f]{8})$", " # $1")
        .replaceAll("\\b\\d+\\.\\d+ s\\b", "# s")
        .replaceAll("20\\d{12}", "#")
        .replaceAll("20\\d{6}T\\d{6,9}Z", "#")
        .replaceAll("(?i)(password:? +)\\S+$", "$1#");
  }
}
