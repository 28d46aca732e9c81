package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.error.OutgrowException;
import dev.outgrow.examples.runner.RunnerFixture.Outcome;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  private static final String PASSWORD = "hunter2-/@x";

  @ParameterizedTest
  @CsvSource({
    "improt, Did you mean import?",
    "statsu, Did you mean status?",
    "decsribe, Did you mean describe?",
    "import a.db --repalce, Did you mean --replace?",
    "import a.db --replac=x, Did you mean --replace?",
    "imports undp, Did you mean undo?",
    "help exprot, Did you mean export?"
  })
  void aSlipOfTheKeyboardIsUnderstood(String line, String meant) {
    Outcome outcome = RunnerFixture.run(line.split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).singleElement().asString().contains(meant, "--help.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frobnicate", "import a.db --frobnicate", "import a.db b.db"})
  void nothingIsGuessedWhereNothingIsNear(String line) {
    Outcome outcome = RunnerFixture.run(line.split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().doesNotContain("Did you mean");
  }

  @Test
  void aPasswordBehindAMistypedOptionIsNotRepeated() {
    String url = "postgresql://u:" + PASSWORD + "@h/d";

    for (List<String> line :
        List.of(
            List.of("import", "a.db", "--too", url),
            List.of("import", "a.db", "--too=" + url),
            List.of("import", "a.db", url),
            List.of(url),
            List.of("import", "a.db", "--limit", url),
            List.of("import", "a.db", "--orphans", url))) {
      Outcome outcome = RunnerFixture.run(line.toArray(String[]::new));
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err() + outcome.out()).doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "import --json|usage|2",
        "imprt a.db --json|usage|2",
        "inspect nothing.db --json|source-file|1",
        "verify a.db --json|usage|2",
        "plan a.db --limit 0 --json|configuration|2",
        "describe --to sqlite:///nowhere/a.db --json|usage|2",
        "health http://127.0.0.1:1/ --json|unavailable|1",
        "restore nothing.dump --json|backup|1",
        "status --to nonsense --json|configuration|2"
      })
  void failuresAreOneObjectOnStdout(String line, String kind, int code) {
    Outcome outcome = RunnerFixture.run(line.split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(code);
    assertThat(outcome.out())
        .startsWith("{\n  \"error\" : {\n    \"kind\" : \"" + kind + "\",\n    \"what\" : \"")
        .contains("\"remedy\" : \"")
        .endsWith("\"exitCode\" : " + code + "\n  }\n}\n");
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("outgrow: ");
  }

  @Test
  void whatNobodyForesawIsOneLineToo() {
    Outcome outcome = RunnerFixture.run("import", "a\0b.db", "--json");

    assertThat(outcome.exitCode()).isBetween(1, 2);
    assertThat(outcome.out()).contains("\"error\"");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void everyKindIsInTheGuide() throws IOException {
    Path root = Path.of(System.getProperty("outgrow.root"));
    String guide = Files.readString(root.resolve("docs/runner.md"));
    List<String> kinds = new ArrayList<>();
    for (String module : List.of("lib-core", "lib-migrate", "examples")) {
      kinds.addAll(kinds(root.resolve(module).resolve("target/classes")));
    }

    assertThat(kinds).contains("configuration", "source-file");
    assertThat(kinds).allSatisfy(kind -> assertThat(guide).contains("`" + kind + "`"));
    assertThat(guide).contains("`usage`", "`unforeseen`");
  }

  private static List<String> kinds(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith("Exception.class"))
          .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
          .filter(FailuresTest::isThrownOnPurpose)
          .map(name -> Failures.kind(name.substring(name.lastIndexOf('.') + 1)))
          .toList();
    }
  }

  private static boolean isThrownOnPurpose(String name) {
    try {
      Class<?> type = Class.forName(name);
      return OutgrowException.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
