package dev.outgrow.importer.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table for a terminal: a header, a rule, and rows whose columns are aligned by the width they
 * are shown at, not by their number of characters.
 *
 * <p>A cell stays on its line and does not speak to the terminal: white space becomes a blank, any
 * other control character U+FFFD.
 *
 * <p>Nothing follows the last column of a line, so text that a terminal lays out in its own way
 * (right-to-left scripts, joined emoji) does the least harm there.
 *
 * <p><em>Not thread-safe.</em>
 *
 * @since 0.1
 */
public final class TextTable {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");

  /** Control characters, those of 8 bits as well, line separators, and turns of direction. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

  /** The side on which a column's cells stand. */
  public enum Side {
    /** Text. */
    LEFT,
    /** Numbers. */
    RIGHT
  }

  private final List<Side> sides = new ArrayList<>();
  private final List<String> header = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column. */
  public TextTable column(String title, Side side) {
    if (!rows.isEmpty()) {
      throw new IllegalStateException("A column after the first row");
    }
    header.add(title);
    sides.add(side);
    return this;
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  public TextTable row(String... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + header.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(TextTable::printable).toList());
    return this;
  }

  /** Returns a text that stays on its line and does not speak to the terminal. */
  static String printable(String text) {
    return UNPRINTABLE.matcher(WHITE_SPACE.matcher(text).replaceAll(" ")).replaceAll("\uFFFD");
  }

  /** Returns the lines, each with a line feed at its end and no blanks before it. */
  @Override
  public String toString() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    line(text, header, widths);
    line(text, IntStream.of(widths).mapToObj("─"::repeat).toList(), widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private int[] widths() {
    int[] widths = header.stream().mapToInt(DisplayWidth::of).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String blanks = " ".repeat(widths[i] - DisplayWidth.of(cell));
      line.append("  ").append(sides.get(i) == Side.RIGHT ? blanks + cell : cell + blanks);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
