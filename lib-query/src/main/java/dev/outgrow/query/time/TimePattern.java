package dev.outgrow.query.time;

import dev.outgrow.error.ConfigurationException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern of a date and time in the words of each backend. */
record TimePattern(String postgres, String sqlite) {
  private static final Pattern PIECE =
      Pattern.compile("(yyyy|MM|dd|HH|mm|ss)|'((?:[^']|'')*)'|([^\\p{L}'])");
  private static final Map<String, TimePattern> FIELDS =
      Map.of(
          "yyyy", new TimePattern("YYYY", "%Y"),
          "MM", new TimePattern("MM", "%m"),
          "dd", new TimePattern("DD", "%d"),
          "HH", new TimePattern("HH24", "%H"),
          "mm", new TimePattern("MI", "%M"),
          "ss", new TimePattern("SS", "%S"));

  static TimePattern parse(String pattern) {
    StringBuilder postgres = new StringBuilder();
    StringBuilder sqlite = new StringBuilder();
    Matcher pieces = PIECE.matcher(pattern);
    int end = 0;
    while (pieces.lookingAt()) {
      TimePattern piece = piece(pieces);
      postgres.append(piece.postgres());
      sqlite.append(piece.sqlite());
      end = pieces.end();
      pieces.region(end, pattern.length());
    }
    if (end != pattern.length()) {
      throw new ConfigurationException(
          "The pattern of a time", pattern, "yyyy MM dd HH mm ss, and other letters in '…'");
    }
    return new TimePattern(postgres.toString(), sqlite.toString());
  }

  private static TimePattern piece(Matcher pieces) {
    TimePattern known = pieces.group(1) == null ? null : FIELDS.get(pieces.group(1));
    if (known != null) {
      return known;
    }
    String quoted = pieces.group(2);
    return literal(
        quoted == null ? pieces.group() : quoted.isEmpty() ? "'" : quoted.replace("''", "'"));
  }

  private static TimePattern literal(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return new TimePattern('"' + escaped + '"', text.replace("%", "%%"));
  }
}
