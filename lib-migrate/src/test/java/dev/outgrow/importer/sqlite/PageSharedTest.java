package dev.outgrow.importer.sqlite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files and probes, sound and malformed, are the same by their pages and by SQLite. */
class PageSharedTest {
  private static final Path DATA =
      Path.of(System.getProperty("outgrow.shared", "no-shared-data")).resolve("data");

  @TempDir private Path folder;

  static List<Path> files() throws IOException {
    if (!Files.isDirectory(DATA)) {
      return List.of(DATA); // one visible skip
    }
    try (Stream<Path> all = Files.walk(DATA)) {
      return all.filter(f -> f.toString().matches(".*\\.(db|sqlite)")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void bothReadTheSame(Path file) throws IOException {
    assumeTrue(Files.isRegularFile(file), "no shared data beside this project");
    Path copy = folder.resolve("copy.db"); // reading may leave something beside a file
    for (String suffix : List.of("", "-wal", "-journal")) {
      Path from = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(from)) {
        Files.copy(from, folder.resolve("copy.db" + suffix));
      }
    }

    BothReaders.agree(copy, file.getFileName().toString());
  }
}
