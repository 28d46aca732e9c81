package dev.outgrow.importer.source;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a row's key is written for people: {@code id=7}, {@code (a, b)=(1, 'x')}. Long values are
 * cut.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class KeyText {
  private static final int MOST_CHARACTERS = 40;
  private static final int MOST_BYTES = 20;
  private static final String CUT = "…";
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  private KeyText() {}

  /** Returns a key of these columns with these values, each already written for people. */
  public static String of(List<String> columns, List<String> values) {
    return columns.size() == 1
        ? columns.get(0) + "=" + values.get(0)
        : "(" + String.join(", ", columns) + ")=(" + String.join(", ", values) + ")";
  }

  /** Returns one cell of a row. */
  public static String cell(SourceRow row, int column) {
    return switch (row.storageClass(column)) {
      case NULL -> "NULL";
      case INTEGER -> Long.toString(row.integer(column));
      case REAL -> RealText.of(row.real(column));
      case TEXT -> text(beginning(row, column));
      case BLOB -> bytes(beginning(row, column));
    };
  }

  /** Returns more of a cell than is shown of it. */
  private static byte[] beginning(SourceRow row, int column) {
    if (!row.isLarge(column)) {
      return row.bytes(column);
    }
    try (CellStream stream = row.stream(column)) {
      return stream.readNBytes(4 * MOST_CHARACTERS + 1);
    }
  }

  /**
   * Returns text in quotes, cut between characters. What is not valid UTF-8, controls the terminal
   * or turns the direction of writing is shown as U+FFFD.
   */
  public static String text(byte[] utf8) {
    int mostBytes = 4 * MOST_CHARACTERS;
    String text = new String(utf8, 0, Math.min(utf8.length, mostBytes), StandardCharsets.UTF_8);
    boolean whole = text.codePointCount(0, text.length()) <= MOST_CHARACTERS;
    int end = whole ? text.length() : text.offsetByCodePoints(0, MOST_CHARACTERS);
    String shown = UNPRINTABLE.matcher(text.substring(0, end)).replaceAll("\uFFFD");
    return "'" + shown.replace("'", "''") + (whole && utf8.length <= mostBytes ? "" : CUT) + "'";
  }

  /** Returns bytes in hexadecimal. */
  public static String bytes(byte[] bytes) {
    int end = Math.min(bytes.length, MOST_BYTES);
    return "x'" + HexFormat.of().formatHex(bytes, 0, end) + (end < bytes.length ? CUT : "") + "'";
  }
}
