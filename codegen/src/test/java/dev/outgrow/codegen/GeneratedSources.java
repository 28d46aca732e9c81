package dev.outgrow.codegen;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A folder of generated sources: read, and compiled as strictly as Java can. */
final class GeneratedSources {
  private final Path folder;

  GeneratedSources(Path folder) {
    this.folder = folder;
  }

  /** Returns every file's text by its path. */
  Map<String, String> read() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Returns what the compiler says with every warning on, as errors; nothing if all is well. */
  String compile(Path classes, int release, Path... also) throws IOException {
    Files.createDirectories(classes);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    StringBuilder path = new StringBuilder(classPath());
    for (Path other : also) {
      path.append(File.pathSeparator).append(other);
    }
    try (StandardJavaFileManager manager =
            compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        Stream<Path> tree = Files.walk(folder)) {
      List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "--release",
              Integer.toString(release),
              "-Xlint:all",
              "-Werror",
              "-proc:none",
              "-cp",
              path.toString());
      boolean done =
          compiler
              .getTask(
                  said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
              .call();
      return done ? said.toString() : "failed: " + said;
    }
  }

  /** Returns the same of another JDK's compiler, as a process of its own. */
  String compileWith(Path javac, Path classes, int release) throws IOException {
    List<String> command = new ArrayList<>(List.of(javac.toString(), "-d", classes.toString()));
    command.addAll(List.of("--release", Integer.toString(release), "-Xlint:all", "-Werror"));
    command.addAll(List.of("-proc:none", "-encoding", "UTF-8", "-cp", classPath()));
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said : "failed: " + said;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }

  /**
   * An application that has generated classes has jOOQ and JSpecify, and need have nothing else.
   */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.matches(".*/(jooq-3|jspecify-|r2dbc-spi-|reactive-streams-)[^/]*\\.jar"))
        .reduce("", (all, jar) -> all + File.pathSeparator + jar);
  }
}
