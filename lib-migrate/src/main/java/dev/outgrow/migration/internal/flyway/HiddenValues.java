package dev.outgrow.migration.internal.flyway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the values of placeholders, among which may be passwords, out of messages. */
final class HiddenValues {
  private final List<Map.Entry<String, String>> longestFirst;

  HiddenValues(Map<String, String> placeholders) {
    Comparator<Map.Entry<String, String>> byLength =
        Comparator.comparingInt(entry -> -entry.getValue().length());
    this.longestFirst =
        placeholders.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .sorted(byLength.thenComparing(Map.Entry.comparingByKey()))
            .toList();
  }

  /** Returns a text with the names of placeholders where their values were. */
  String hide(String text) {
    StringBuilder hidden = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Map.Entry<String, String> found = valueAt(text, at);
      if (found == null) {
        hidden.append(text.charAt(at++));
      } else {
        hidden.append("${").append(found.getKey()).append('}');
        at += found.getValue().length();
      }
    }
    return hidden.toString();
  }

  private Map.@Nullable Entry<String, String> valueAt(String text, int at) {
    for (Map.Entry<String, String> entry : longestFirst) {
      if (text.startsWith(entry.getValue(), at)) {
        return entry;
      }
    }
    return null;
  }

  /** Returns whether a failure's own message, or that of one beneath it, holds a value. */
  boolean isIn(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (longestFirst.stream().anyMatch(entry -> message.contains(entry.getValue()))) {
        return true;
      }
    }
    return false;
  }
}
