package dev.outgrow.examples.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people read: the pages of {@code docs}, and those beside it. */
final class Pages {
  static final Path ROOT = Path.of(System.getProperty("outgrow.root"));

  private static final List<String> BESIDE =
      List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md");

  private Pages() {}

  /** Returns their text by their place as seen from the project's folder. */
  static Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    BESIDE.forEach(page -> pages.put(page, read(ROOT.resolve(page))));
    files(ROOT.resolve("docs"), file -> file.toString().endsWith(".md"))
        .forEach(file -> pages.put(ROOT.relativize(file).toString(), read(file)));
    return pages;
  }

  /** Returns the text of a page. */
  static String text(String page) {
    return read(ROOT.resolve(page));
  }

  /** Returns every block of code on every page. */
  static List<CodeBlock> blocks() {
    return all().entrySet().stream()
        .flatMap(page -> CodeBlock.of(page.getKey(), page.getValue()).stream())
        .toList();
  }

  /** Returns the files below a folder, without what a build has made. */
  static List<Path> files(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
          .filter(wanted)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
