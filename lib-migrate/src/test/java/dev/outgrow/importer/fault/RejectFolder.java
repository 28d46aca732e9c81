package dev.outgrow.importer.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an import keeps rejected rows.
 *
 * @param path it
 */
record RejectFolder(Path path) {
  /** Returns the files in it and below it, without what differs between imports. */
  List<String> files() throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(each -> !each.equals(path)).map(this::line).sorted().toList();
    }
  }

  private String line(Path each) {
    String name = Picture.ofAnyImport(path.relativize(each).toString());
    try {
      return Files.isDirectory(each) ? name : name + " " + Files.readAllLines(each).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
