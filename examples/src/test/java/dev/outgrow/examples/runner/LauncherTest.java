package dev.outgrow.examples.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher {@code examples/outgrow} in a small tree of its own, between a Java that says how it
 * was called and a Maven that makes an empty jar.
 */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("outgrow.root")).resolve("examples/outgrow");

  private record Outcome(int exitCode, String out, String err) {}

  /** A tree with sources and nothing built, in a folder whose name holds a blank. */
  private record Tree(Path home, Path root, Path launcher) {
    static Tree in(Path folder) throws IOException {
      Path root = folder.resolve("a tree");
      for (String module : List.of("lib-core", "lib-migrate", "lib-query", "examples")) {
        Files.createDirectories(root.resolve(module).resolve("src/main/java"));
        Files.createFile(root.resolve(module).resolve("pom.xml"));
      }
      Files.createFile(root.resolve("pom.xml"));
      Path launcher = Files.copy(LAUNCHER, root.resolve("examples/outgrow"));
      Tree tree = new Tree(folder.resolve("jdk"), root, launcher);
      tree.java("17.0.1");
      tree.maven(
          """
          echo build >>"%1$s/builds"
          mkdir -p "%1$s/examples/target/lib"
          touch "%1$s/examples/target/lib/core.jar" "%1$s/examples/target/outgrow-examples.jar"
          """
              .formatted(root));
      return tree;
    }

    void java(String version) throws IOException {
      program(
          "java",
          """
          for last; do :; done
          case " $* " in
            *.Rehearsal\\ *)
              [[ ! -e "%1$s/no rehearsal" ]] || { echo no server; exit 1; }
              echo rehearsal >>"%1$s/rehearsals"
              mkdir "$last/native"
              ;;
            *-Xshare:dump*) for each; do [[ $each != -XX:SharedArchiveFile=* ]] || : >"${each#*=}"; done ;;
            *) pwd; printf '%%s\\n' "$@"; exit 7 ;;
          esac
          """
              .formatted(home.resolveSibling("a tree")));
      program("javac", "exit 1");
      Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    void maven(String script) throws IOException {
      program("mvn", script);
    }

    private void program(String name, String script) throws IOException {
      Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
      Files.writeString(file, "#!/usr/bin/env bash\nset -e\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Process start(Path directory, Path command, String... arguments) throws IOException {
      List<String> line = new ArrayList<>(List.of(command.toString()));
      line.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
      Map<String, String> environment = builder.environment();
      environment.put("JAVA_HOME", home.toString());
      environment.put("PATH", home.resolve("bin") + ":" + environment.get("PATH"));
      return builder.start();
    }

    Outcome run(String... arguments) throws Exception {
      return finish(start(root, launcher, arguments));
    }

    long builds() throws IOException {
      return lines("builds");
    }

    long rehearsals() throws IOException {
      return lines("rehearsals");
    }

    private long lines(String name) throws IOException {
      Path file = root.resolve(name);
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
  }

  private static Outcome finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }

  @Test
  void buildsTheFirstTimeAndNotAgain(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);

    assertThat(tree.run().err()).isEqualTo("Building Outgrow (first run)…\n");
    assertThat(tree.run().err()).isEmpty();
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    tree.run();
    Path source = Files.createFile(tree.root().resolve("lib-core/src/main/java/A.java"));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(tree.run().err()).isEqualTo("Building Outgrow (sources changed)…\n");
  }

  @Test
  void takesWhatMavenBuiltByHand(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Files.createDirectories(tree.root().resolve("examples/target/lib"));
    Files.createFile(tree.root().resolve("examples/target/outgrow-examples.jar"));

    assertThat(tree.run().err()).isEqualTo("Preparing a faster start (once)…\n");
    assertThat(tree.builds()).isZero();
  }

  @Test
  void startsFromAnArchiveThatIsMadeOnce(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);

    assertThat(tree.run().out())
        .contains("-XX:SharedArchiveFile=" + tree.root().toRealPath(), "-Dorg.sqlite.lib.path=");
    tree.run();
    assertThat(tree.rehearsals()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a jar", "the JDK"})
  void makesTheArchiveAgainForAnother(String what, @TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    tree.run();
    if (what.equals("the JDK")) {
      tree.java("25");
    } else {
      Path jar = tree.root().resolve("examples/target/lib/core.jar");
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    assertThat(tree.run().err()).isEqualTo("Preparing a faster start (once)…\n");
    assertThat(tree.rehearsals()).isEqualTo(2);
  }

  @Test
  void runsWithoutAnArchiveWhereNoneCanBeMade(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Files.createFile(tree.root().resolve("no rehearsal"));

    Outcome first = tree.run();
    Outcome second = tree.run();

    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(first.err()).contains("Preparing a faster start failed; see ");
    assertThat(second.exitCode()).isEqualTo(7);
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).doesNotContain("SharedArchiveFile", "org.sqlite.lib.path");
  }

  @Test
  void leavesOutTheSecondCompilerForSmallFilesAlone(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Path small = Files.write(folder.resolve("small.db"), new byte[1024]);
    Path large = folder.resolve("large.db");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(64L << 20);
    }

    assertThat(tree.run("import", small.toString()).out()).contains("-XX:TieredStopAtLevel=1");
    assertThat(tree.run("import", large.toString()).out()).doesNotContain("TieredStopAtLevel");
    assertThat(tree.run().out()).doesNotContain("TieredStopAtLevel");
    assertThat(tree.run("import", "@" + small).out()).doesNotContain("TieredStopAtLevel");
  }

  @Test
  void buildsOnceForTwoThatStartTogether(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Process first = tree.start(tree.root(), tree.launcher());
    Process second = tree.start(tree.root(), tree.launcher());

    assertThat(finish(first).exitCode()).isEqualTo(7);
    assertThat(finish(second).exitCode()).isEqualTo(7);
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void showsWhatMavenSaidWhenTheBuildFails(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    tree.maven("echo a semicolon is missing; exit 1");

    Outcome outcome = tree.run();

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("a semicolon is missing", "the build failed");
  }

  @Test
  void handsOnArgumentsFolderAndExitCode(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Path elsewhere = Files.createDirectory(folder.resolve("else where"));
    Path link =
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a tree/examples/outgrow"));

    Outcome outcome = finish(tree.start(elsewhere, link, "inspect", "my file.db", ""));

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.out().lines().findFirst()).hasValue(elsewhere.toRealPath().toString());
    assertThat(outcome.out())
        .contains(tree.root().toRealPath().resolve("examples/target/lib/core.jar").toString())
        .endsWith("dev.outgrow.examples.runner.Outgrow\ninspect\nmy file.db\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_292", "16-ea"})
  void refusesAnOlderJavaInOneLine(String version, @TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    tree.java(version);

    Outcome outcome = tree.run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("is Java " + version, "needs 17 or newer");
    assertThat(tree.builds()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17.0.15", "25", "26-ea", "21.0.1+12"})
  void takesJava17AndNewer(String version, @TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    tree.java(version);

    assertThat(tree.run().exitCode()).isEqualTo(7);
  }

  @Test
  void refusesAJavaHomeWithoutJavaInOneLine(@TempDir Path folder) throws Exception {
    Tree tree = Tree.in(folder);
    Files.delete(tree.home().resolve("bin/java"));

    Outcome outcome = tree.run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines()).singleElement().asString().contains("no bin/java in it");
  }
}
