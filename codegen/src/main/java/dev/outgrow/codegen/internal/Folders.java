package dev.outgrow.codegen.internal;

import dev.outgrow.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for as long as something is made. */
final class Folders {
  private Folders() {}

  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  static UnavailableException unusable(String what, IOException failure) {
    return new UnavailableException(
        what + ": " + failure + ".", "Check that the folder can be written and has room.", failure);
  }
}
