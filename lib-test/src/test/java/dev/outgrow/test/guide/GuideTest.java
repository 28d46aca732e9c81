package dev.outgrow.test.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md is compiled here, and its tests run. */
class GuideTest {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path FOLDER = ROOT.resolve("lib-test/src/test/java/dev/outgrow/test/guide");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  @Test
  void itsCodeIsTheCodeThatIsCompiledHere() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/testing.md"));
    List<String> blocks = new ArrayList<>();
    try (Stream<Path> sources = Files.list(FOLDER)) {
      for (Path source : sources.filter(file -> !file.endsWith("GuideTest.java")).toList()) {
        BLOCK
            .matcher(Files.readString(source))
            .results()
            .map((MatchResult block) -> block.group(2).stripTrailing().stripIndent())
            .forEach(blocks::add);
      }
    }

    assertThat(blocks).hasSize(7);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
    assertThat(guide.split("```java\n", -1)).hasSize(blocks.size() + 1);
  }
}
