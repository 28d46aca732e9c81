package dev.outgrow.importer.mapping;

import dev.outgrow.error.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads rules from a file: what a rule is for in square brackets, then its settings, one on a line.
 * Empty lines and those that begin with {@code #} mean nothing.
 */
final class RuleFile {
  private static final long MOST_BYTES = 1 << 20;

  private final String name;
  private final Rules.Builder rules = Rules.builder();
  private @Nullable Selector selector;
  private Rule.Builder settings = Rule.builder();
  private int begun;
  private int line;

  private RuleFile(String name) {
    this.name = name;
  }

  static List<Rules.Entry> read(Path file) {
    RuleFile reader = new RuleFile(String.valueOf(file));
    for (String line : lines(file)) {
      reader.take(line.strip());
    }
    reader.end();
    return reader.rules.entries();
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new ConfigurationException("rules", file.toString(), "a file of at most 1 MiB");
      }
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException("rules", file.toString(), "a text file in UTF-8");
    } catch (IOException e) {
      throw new ConfigurationException("rules", file.toString(), "a file that can be read");
    }
  }

  private void take(String text) {
    line++;
    String content = line == 1 && text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
    if (content.isEmpty() || content.startsWith("#")) {
      return;
    }
    if (content.startsWith("[")) {
      end();
      begin(content);
    } else {
      setting(content);
    }
  }

  private void begin(String content) {
    begun = line;
    boolean closed = content.endsWith("]");
    String inside = content.substring(1, content.length() - (closed ? 1 : 0));
    selector =
        here(
            line,
            () -> {
              if (!closed) {
                throw new ConfigurationException("a rule", content, "[" + Selector.ALLOWED + "]");
              }
              return Selector.parse(inside);
            });
    settings = Rule.builder();
  }

  private void setting(String content) {
    int equals = content.indexOf('=');
    if (selector == null || equals < 0) {
      throw refused(
          line, content, selector == null ? "[" + Selector.ALLOWED + "]" : "name = value");
    }
    String word = content.substring(0, equals).strip();
    if (settings.has(word)) {
      throw refused(line, content, "each setting once");
    }
    here(line, () -> settings.set(word, content.substring(equals + 1).strip()));
  }

  /** Ends the rule that is being read. */
  private void end() {
    Selector wanted = selector;
    if (wanted != null) {
      here(
          begun,
          () -> {
            rules.add(wanted, settings.build(), name + ", line " + begun);
            return true;
          });
    }
  }

  private <T> T here(int at, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          name + ", line " + at + ": " + e.option(), e.value(), e.allowed());
    }
  }

  private ConfigurationException refused(int at, String content, String allowed) {
    return new ConfigurationException(name + ", line " + at, content, allowed);
  }
}
