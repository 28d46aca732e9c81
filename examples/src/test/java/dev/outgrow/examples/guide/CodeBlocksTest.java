package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * No page shows code that nothing holds: each block is compiled, run, read or compared by a test,
 * and one that is not fails here with its page and line.
 */
class CodeBlocksTest {
  private final Sources sources = Sources.read();

  @Test
  void everyBlockIsHeldBySomeTest() {
    List<String> loose =
        Pages.blocks().stream()
            .flatMap(block -> fault(block).map(why -> block.place() + ": " + why).stream())
            .toList();

    assertThat(loose).isEmpty();
  }

  private Optional<String> fault(CodeBlock block) {
    if (!block.printedBy().isEmpty()) {
      return unless(isPrinted(block), "no test " + block.printedBy() + " speaks of this page");
    }
    return switch (block.language()) {
      case "" -> Optional.of("says no language; \"text\" is what a program prints");
      case "java" ->
          unless(
              sources.compiles(block.text()), "is between no \"begin\" and \"end\" in any source");
      case "sh", "console" ->
          unless(
              StagedPage.of(block.page()).isPresent() || ShellStory.isRunElsewhere(block),
              "has no stage in StagedPage on which ShellBlocksTest runs it");
      case "text" ->
          unless(ShownTextTest.isCompared(block), "is not among what ShownTextTest compares");
      case "sql" -> unless(SqlBlocksTest.isRun(block), "is not run by SqlBlocksTest");
      case "ini" ->
          unless(
              StagedPage.of(block.page()).isPresent(), "no stage in StagedPage uses these rules");
      case "xml" -> XmlBlocks.fault(block);
      default -> unless(sources.has(block.text()), "is a part of no file of the project");
    };
  }

  private boolean isPrinted(CodeBlock block) {
    List<String> tests = sources.test(block.printedBy());
    String page = block.page().substring(block.page().lastIndexOf('/') + 1);
    return tests != null && tests.stream().anyMatch(test -> test.contains(page));
  }

  private static Optional<String> unless(boolean held, String why) {
    return held ? Optional.empty() : Optional.of(why);
  }

  @Test
  void namesPageAndLineOfABlock() {
    List<CodeBlock> blocks =
        CodeBlock.of(
            "docs/x.md", "one\n<!-- exit 4 -->\n```sh\nls\n```\n\n  ```java\n  int i;\n  ```\n");

    assertThat(blocks)
        .extracting(b -> b.place() + " " + b.language() + " " + b.exitCode() + " " + b.text())
        .containsExactly("docs/x.md:3 sh 4 ls", "docs/x.md:7 java 0 int i;");
    assertThat(blocks).flatExtracting(b -> fault(b).stream().toList()).hasSize(2);
  }
}
