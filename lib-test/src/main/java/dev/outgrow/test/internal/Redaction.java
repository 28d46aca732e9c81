package dev.outgrow.test.internal;

import java.util.regex.Pattern;

/** A statement without the values in it. */
final class Redaction {
  private static final int LONGEST = 200;
  private static final Pattern VALUE =
      Pattern.compile(
          "\"(?:[^\"]|\"\")*\""
              + "|\\b[eE]'(?:[^'\\\\]|\\\\.|'')*(?:'|$)"
              + "|'(?:[^']|'')*(?:'|$)"
              + "|\\$([A-Za-z_]*)\\$.*?(?:\\$\\1\\$|$)"
              + "|/\\*.*?(?:\\*/|$)|--[^\\n]*"
              + "|(?<![\\w$])[0-9][0-9a-fA-FxXeE.+_]*",
          Pattern.DOTALL);

  private Redaction() {}

  /** Returns it in one line with … for each literal and comment, cut after 200 characters. */
  static String of(String sql) {
    String text =
        VALUE
            .matcher(sql)
            // What stands in double quotes is a name.
            .replaceAll(found -> found.group().startsWith("\"") ? quoted(found.group()) : "…")
            .replaceAll("\\s+", " ")
            .strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
  }

  private static String quoted(String name) {
    return name.replace("\\", "\\\\").replace("$", "\\$");
  }
}
