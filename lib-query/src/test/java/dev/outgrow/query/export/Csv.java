package dev.outgrow.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader of RFC 4180 that knows an empty field from a quoted one. */
final class Csv {
  private Csv() {}

  static List<List<@Nullable String>> read(String text) {
    List<List<@Nullable String>> lines = new ArrayList<>();
    List<@Nullable String> line = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      StringBuilder cell = new StringBuilder();
      boolean quoted = text.charAt(at) == '"';
      if (quoted) {
        at++;
        while (text.charAt(at) != '"' || text.startsWith("\"\"", at)) {
          at += text.charAt(at) == '"' ? 1 : 0;
          cell.append(text.charAt(at++));
        }
        at++;
      } else {
        while (text.charAt(at) != ',' && text.charAt(at) != '\r') {
          cell.append(text.charAt(at++));
        }
      }
      line.add(quoted || cell.length() > 0 ? cell.toString() : null);
      if (text.charAt(at++) == '\r') {
        assertThat(text.charAt(at++)).isEqualTo('\n');
        lines.add(line);
        line = new ArrayList<>();
      }
    }
    return lines;
  }
}
