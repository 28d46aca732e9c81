package dev.outgrow.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue of failures names tests that are there. */
class FailuresDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root", ".."));
  private static final Pattern LINE = Pattern.compile("^\\| (\\d+) \\| .+? \\| (`.+`) \\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyLineNamesATestThatIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<Integer> lines = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/failures.md"))) {
      Matcher row = LINE.matcher(line);
      if (row.matches()) {
        lines.add(Integer.valueOf(row.group(1)));
        Matcher name = NAME.matcher(row.group(2));
        while (name.find()) {
          assertThat(sources.getOrDefault(name.group(1), ""))
              .as(name.group())
              .contains("void " + name.group(2) + "(");
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(40).isSorted().doesNotHaveDuplicates();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("lib-core", "lib-migrate", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.put(name, Files.readString(file, StandardCharsets.UTF_8));
        }
      }
    }
    return sources;
  }
}
