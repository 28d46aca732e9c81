package dev.outgrow.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what it says, and with which exit code it ends. */
class MainTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return Main.run(arguments, stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private int command(String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--chains", TestChains.class.getName()));
    all.addAll(List.of("--into", folder.toString(), "--package", "app.db"));
    all.addAll(List.of("--backend", "sqlite"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void generatesThenFindsNothingToDo() {
    assertThat(command("check")).isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("new app/db/core/Keys.java");
    assertThat(command("generate")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("files, generated");
    assertThat(command("generate")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("files, unchanged");
    assertThat(command("check")).isZero();
  }

  @Test
  void checkNamesWhatDiffers() throws IOException {
    command("generate", "--only", "core", "--epoch-seconds", "*_at,x", "--package-of", "core=a.b");
    Path keys = folder.resolve("a/b/Keys.java");
    Files.writeString(keys, "class Keys {}");

    assertThat(command("check", "--only", "core", "--package-of", "core=a.b")).isEqualTo(3);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("changed a/b/Keys.java", "changed a/b/tables/Users.java", "not up to date");
  }

  @Test
  void wrongUsageSaysWhatWouldBeRight() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("generate, check or report");
    assertThat(run("generate", "--nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--nonsense");
    assertThat(run("generate", "--chains", "no.such.Class")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ChainSource");
    assertThat(run("generate", "--chains", TestChains.class.getName())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--into");
    assertThat(command("generate", "--backend", "oracle")).isEqualTo(2);
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--epoch-millis");
  }
}
