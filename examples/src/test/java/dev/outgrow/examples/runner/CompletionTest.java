package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of completion in the shells they are for. */
@EnabledOnOs(OS.LINUX)
class CompletionTest {
  /** What bash does when somebody presses the tabulator, without a terminal. */
  private static final String PRESS =
      """
      compopt() { :; }
      source ./completion
      press() {
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        COMPREPLY=()
        _complete_outgrow outgrow "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
      }
      """;

  private static final Map<String, String> SCRIPTS = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createFile(folder.resolve("media.db"));
    Files.createFile(folder.resolve("media.rules"));
  }

  private static String printed(String shell) {
    return RunnerFixture.run("completion", shell).out();
  }

  private List<String> shell(String name, String script) throws Exception {
    Files.writeString(
        folder.resolve("completion"), SCRIPTS.computeIfAbsent(name, CompletionTest::printed));
    Process process =
        new ProcessBuilder(name, "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.lines().map(line -> line.replaceFirst("\t.*", "")).toList();
  }

  private List<String> bash(String... words) throws Exception {
    return shell("bash", PRESS + "press '" + String.join("' '", words) + "'\n");
  }

  @Test
  void bashRegistersIt() throws Exception {
    assertThat(shell("bash", "source ./completion && complete -p outgrow"))
        .singleElement()
        .asString()
        .contains("_complete_outgrow outgrow");
  }

  @Test
  void bashCompletesCommandsOptionsAndTheirWords() throws Exception {
    assertThat(bash("outgrow", "im")).containsExactly("import", "imports");
    assertThat(bash("outgrow", "imports", "u")).containsExactly("undo");
    assertThat(bash("outgrow", "import", "--orp")).containsExactly("--orphans");
    assertThat(bash("outgrow", "import", "--orphans", ""))
        .containsExactly("fail", "reject", "null", "keep");
    assertThat(bash("outgrow", "import", "--accept", "foreign-key-"))
        .containsExactly("foreign-key-validation");
    assertThat(bash("outgrow", "backup", "--built-in-copy", "a"))
        .containsExactly("allowed", "always");
    assertThat(bash("outgrow", "completion", "")).containsExactly("bash", "zsh", "fish");
  }

  @Test
  void bashCompletesFilesWhereFilesAreMeant() throws Exception {
    assertThat(bash("outgrow", "import", "--rules", "med"))
        .containsExactlyInAnyOrder("media.db", "media.rules");
    assertThat(bash("outgrow", "inspect", "media.d")).containsExactly("media.db");
    assertThat(bash("outgrow", "import", "--orphans", "med")).containsExactly("");
  }

  @Test
  void fishCompletesThemToo() throws Exception {
    assumeTrue(isThere("fish"), "there is no fish here");

    assertThat(fish("im")).containsExactly("import", "imports");
    assertThat(fish("import --orp")).containsExactly("--orphans");
    assertThat(fish("import --orphans k")).containsExactly("keep");
    assertThat(fish("inspect media.d")).containsExactly("media.db");
    assertThat(fish("status med")).isEmpty();
  }

  private List<String> fish(String line) throws Exception {
    return shell("fish", "source ./completion; complete -C 'outgrow " + line + "'");
  }

  @Test
  void zshReadsWhatBashReads() throws Exception {
    assumeTrue(isThere("zsh"), "there is no zsh here");

    assertThat(shell("zsh", "source ./completion && echo ${_comps[outgrow]}"))
        .last()
        .asString()
        .contains("_bash_complete");
  }

  private static boolean isThere(String shell) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(each -> Files.isExecutable(Path.of(each, shell)));
  }
}
