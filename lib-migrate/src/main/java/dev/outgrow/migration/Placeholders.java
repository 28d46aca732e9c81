package dev.outgrow.migration;

import dev.outgrow.error.ConfigurationException;
import dev.outgrow.migration.script.ScriptFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The values that stand for {@code ${name}} in a chain's scripts, as Flyway replaces them: anywhere
 * in the text, in upper and lower case alike, each only once. Without any, {@code ${name}} is text.
 */
final class Placeholders {
  private static final String BEGIN = "${";
  private static final char END = '}';

  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Placeholders(Map<String, String> values) {
    this.values.putAll(values);
  }

  /**
   * Returns a script's text as it will run.
   *
   * @throws ConfigurationException if it has a placeholder without a value, naming its line
   */
  String replace(ScriptFile script) {
    String text = script.text();
    if (values.isEmpty() || isOff(script)) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, from)) {
      int end = text.indexOf(END, at);
      String name = end < 0 ? "" : text.substring(at + BEGIN.length(), end);
      String value = values.get(name);
      if (value == null) {
        throw undefined(script, at, end < 0 ? BEGIN : text.substring(at, end + 1));
      }
      replaced.append(text, from, at).append(value);
      from = end + 1;
    }
    return replaced.append(text, from, text.length()).toString();
  }

  private ConfigurationException undefined(ScriptFile script, int at, String placeholder) {
    long line = 1 + script.text().substring(0, at).chars().filter(c -> c == '\n').count();
    String shown = placeholder.lines().findFirst().orElse(placeholder);
    return new ConfigurationException(
        "placeholder in " + script.place() + ", line " + line,
        shown,
        "one of those that the chain defines: " + String.join(", ", values.keySet()));
  }

  /** A script's own settings may say that it has none. */
  private static boolean isOff(ScriptFile script) {
    String settings = script.settings();
    if (settings == null) {
      return false;
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(settings));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return "false".equalsIgnoreCase(properties.getProperty("placeholderReplacement", "").strip());
  }
}
