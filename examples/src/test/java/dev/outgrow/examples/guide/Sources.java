package dev.outgrow.examples.guide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the project's files hold that pages may show. */
final class Sources {
  private static final Pattern MARKED =
      Pattern.compile(" *// begin ([\\w-]+)\n(.*?)\n *// end \\1", Pattern.DOTALL);

  private final Set<String> marked = new HashSet<>();
  private final Map<String, List<String>> tests = new HashMap<>();
  private final List<String> others = new ArrayList<>();

  private Sources() {}

  /** Reads all that the build compiles, copies or runs; 25 MB at most, a second. */
  static Sources read() {
    Sources sources = new Sources();
    Pages.files(Pages.ROOT, file -> file.toString().endsWith(".java")).forEach(sources::java);
    Pages.files(Pages.ROOT, Sources::isCopied).forEach(f -> sources.others.add(Pages.read(f)));
    return sources;
  }

  /** A block of code is a part of such a file where nothing reads its language here. */
  private static boolean isCopied(Path file) {
    String name = file.getFileName().toString();
    return name.matches("(Dockerfile|.*\\.(sql|ya?ml|json|properties|ini|service|conf|env))");
  }

  private void java(Path file) {
    String text = Pages.read(file);
    Matcher blocks = MARKED.matcher(text);
    while (blocks.find()) {
      marked.add(blocks.group(2).stripTrailing().stripIndent());
    }
    String name = file.getFileName().toString().replace(".java", "");
    if (name.endsWith("Test")) {
      tests.computeIfAbsent(name, test -> new ArrayList<>()).add(text);
    }
  }

  /** Whether it is compiled, between two comments {@code begin} and {@code end}. */
  boolean compiles(String code) {
    return marked.contains(code.stripIndent());
  }

  /** Whether a file that is copied or run has it, as it stands. */
  boolean has(String text) {
    return others.stream().anyMatch(other -> other.contains(text));
  }

  /** Returns the sources of the tests of that name; null if there is none. */
  @Nullable List<String> test(String name) {
    return tests.get(name);
  }
}
