package dev.outgrow.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The commands of a page, one after the other in one shell, as a reader types them. What stands on
 * the page is run by bash; only {@code examples/outgrow} is another, which starts the classes that
 * are tested and builds nothing.
 */
final class ShellStory {
  private static final String LAUNCHER =
      """
      #!/bin/bash
      java=("$OUTGROW_JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Xlog:disable
        --enable-native-access=ALL-UNNAMED
        -cp "$CLASS_PATH" dev.outgrow.examples.runner.Outgrow)
      [[ ${1:-} == serve ]] || exec "${java[@]}" "$@"
      # Whoever serves goes on until told otherwise, and others may have its port.
      : >served
      "${java[@]}" "$@" --port 0 >>served 2>&1 &
      grep -q -m1 'http://' < <(tail -n +1 -f --pid=$! served)
      kill -TERM $!
      wait $!
      cat served
      """;

  /** One command of a page, and what the page shows beneath it. */
  private record Step(CodeBlock block, String command, List<String> shown) {}

  private final List<Step> steps = new ArrayList<>();
  private final Path folder;

  ShellStory(List<CodeBlock> blocks, Path folder) {
    this.folder = folder;
    for (CodeBlock block : blocks) {
      steps.addAll(steps(block));
    }
  }

  /** Whether a block has nothing but commands that are not run here. */
  static boolean isRunElsewhere(CodeBlock block) {
    return steps(block).stream().allMatch(step -> isRunElsewhere(step.command()));
  }

  /** A build cannot run within itself, nor containers on every machine. */
  private static boolean isRunElsewhere(String command) {
    return command.matches("(mvn|docker) .*");
  }

  /** Returns the commands of a block that are not run here. */
  static List<String> elsewhere(CodeBlock block) {
    return steps(block).stream().map(Step::command).filter(ShellStory::isRunElsewhere).toList();
  }

  private static List<Step> steps(CodeBlock block) {
    List<Step> steps = new ArrayList<>();
    for (String line : block.text().lines().toList()) {
      if (block.language().equals("sh")) {
        steps.add(new Step(block, line, List.of()));
      } else if (line.startsWith("$ ")) {
        steps.add(new Step(block, line.substring(2), new ArrayList<>()));
      } else {
        assertThat(steps).as("%s begins with a command", block.place()).isNotEmpty();
        steps.get(steps.size() - 1).shown().add(line);
      }
    }
    return steps;
  }

  /** Runs it, and compares how each command ends, and what it prints where that is shown. */
  void runs(Map<String, String> environment, Map<String, String> replaced) throws Exception {
    Path program = folder.resolve("examples/outgrow");
    Files.createDirectories(program.getParent());
    Files.writeString(program, LAUNCHER);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder shell = new ProcessBuilder("bash", script(replaced).toString());
    shell.directory(folder.toFile()).redirectErrorStream(true);
    shell.redirectOutput(folder.resolve("shell.log").toFile());
    shell.environment().remove("DATABASE_URL");
    shell.environment().putAll(environment);
    Process process = shell.start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (int i = 0; i < steps.size(); i++) {
      compare(steps.get(i), i, replaced);
    }
  }

  private Path script(Map<String, String> replaced) throws IOException {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      String command = steps.get(i).command();
      for (Map.Entry<String, String> each : replaced.entrySet()) {
        command = command.replace(each.getKey(), each.getValue());
      }
      String run = isRunElsewhere(command) ? ":" : command;
      script.append("{\n%s\n} >%d.out 2>&1 </dev/null; echo $? >%d.exit\n".formatted(run, i, i));
    }
    return Files.writeString(folder.resolve("story"), script);
  }

  private void compare(Step step, int number, Map<String, String> replaced) throws IOException {
    String printed = Files.readString(folder.resolve(number + ".out"));
    String where = step.block().place() + ": " + step.command();
    assertThat(Files.readString(folder.resolve(number + ".exit")).strip())
        .as("exit code of %s%n%s", where, printed)
        .isEqualTo(Integer.toString(step.block().exitCode()));
    if (!step.shown().isEmpty()) {
      String clean = printed.replace(folder + "/", "");
      for (Map.Entry<String, String> each : replaced.entrySet()) {
        clean = clean.replace(masked(each.getValue()), masked(each.getKey()));
      }
      ShownOutput.assertShows(where, step.shown(), clean);
    }
  }

  /** As every output has a URL. */
  private static String masked(String url) {
    return url.replaceFirst("://([^:@/]*):[^@]*@", "://$1:***@");
  }
}
