package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of {@code docs}, and the source that has each of its code blocks between two comments. */
public final class GuidePage {
  private static final Path ROOT = Path.of(System.getProperty("outgrow.root"));
  private static final Path SOURCES = ROOT.resolve("examples/src/test/java/dev/outgrow/examples");
  private static final Pattern BLOCK =
      Pattern.compile("// begin ([a-z-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  private GuidePage() {}

  /**
   * Holds a page to its source: it shows each block, and no other code in Java.
   *
   * @param page its name in {@code docs}
   * @param source the source below this module's packages
   * @param count how many blocks there are
   */
  public static void assertShows(String page, String source, int count) throws IOException {
    String guide = Files.readString(ROOT.resolve("docs").resolve(page));
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SOURCES.resolve(source)))
            .results()
            .map((MatchResult block) -> block.group(2).stripTrailing().stripIndent())
            .toList();

    assertThat(blocks)
        .hasSize(count)
        .allSatisfy(block -> assertThat(guide).contains("```java\n" + block + "\n```"));
    assertThat(guide.split("```java\n", -1)).hasSize(count + 1);
  }
}
