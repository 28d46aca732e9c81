package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.database.DatabaseUrl;
import dev.outgrow.database.scratch.ScratchServer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of each page, typed one after the other, end and print as the page says. */
@EnabledOnOs(OS.LINUX)
class ShellBlocksTest {
  private static final String SHOWN = "postgresql://app:secret@localhost:5432/app";

  private static ScratchServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = ScratchServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** All, or the one that {@code -Doutgrow.page=docs/rules.md} names. */
  static Stream<String> pages() {
    String one = System.getProperty("outgrow.page");
    return StagedPage.ALL.keySet().stream().filter(p -> one == null || p.equals(one)).sorted();
  }

  @ParameterizedTest
  @MethodSource("pages")
  @Tag("slow")
  void commandsEndAndPrintAsThePageSays(String page) throws Exception {
    List<CodeBlock> blocks = CodeBlock.of(page, Pages.text(page));
    StagedPage.of(page).orElseThrow().prepare(folder);
    for (CodeBlock rules : with(blocks, "ini")) {
      Files.writeString(folder.resolve("rules.ini"), rules.text() + "\n");
    }
    DatabaseUrl url = server.createDatabase();
    String told = url.toString().replace("***", password());

    new ShellStory(with(blocks, "sh", "console"), folder).runs(environment(), Map.of(SHOWN, told));
  }

  private static List<CodeBlock> with(List<CodeBlock> blocks, String... languages) {
    List<String> wanted = List.of(languages);
    return blocks.stream().filter(block -> wanted.contains(block.language())).toList();
  }

  private Map<String, String> environment() {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    return Map.of(
        "CLASS_PATH",
        classes,
        "OUTGROW_JAVA",
        java + "/java",
        "PATH",
        java + File.pathSeparator + System.getenv("PATH"),
        "XDG_DATA_HOME",
        folder.resolve("data").toString());
  }

  private static String password() throws Exception {
    return Files.readString(server.passwordFile()).strip().split(":", -1)[4];
  }

  /** What is not run here names nothing that is not there. */
  @Test
  void commandsThatAreRunElsewhereNameWhatIsThere() {
    String pom = Pages.text("pom.xml");
    String tests =
        Pages.files(Pages.ROOT, file -> file.toString().endsWith("Test.java")).stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.joining(" ", " ", " "));
    List<String> calls =
        Pages.blocks().stream()
            .filter(b -> b.language().equals("sh") || b.language().equals("console"))
            .flatMap(block -> ShellStory.elsewhere(block).stream())
            .toList();

    assertThat(calls).isNotEmpty();
    for (String call : calls) {
      named(call, "-pl (\\S+)", module -> pom.contains("<module>" + module + "</module>"));
      named(call, "-P(\\S+)", profile -> pom.contains("<id>" + profile + "</id>"));
      named(call, "-f (\\S+)", file -> Files.exists(Pages.ROOT.resolve(file)));
      named(call, "-Dtest=(\\S+)", test -> tests.contains(" " + test + " "));
    }
  }

  private static void named(String call, String option, Predicate<String> isThere) {
    Matcher found = Pattern.compile(option).matcher(call);
    if (found.find()) {
      for (String each : found.group(1).split(",", -1)) {
        assertThat(isThere.test(each)).as("%s in: %s", each, call).isTrue();
      }
    }
  }
}
