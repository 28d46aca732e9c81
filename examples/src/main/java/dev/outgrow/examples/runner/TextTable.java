package dev.outgrow.examples.runner;

import java.util.ArrayList;
import java.util.List;

/** A table for people: columns as wide as what stands in them, two spaces between. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with these headings. */
  TextTable(String... headings) {
    row(headings);
  }

  /** Adds a row with as many cells as there are headings. */
  TextTable row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      row.add(Console.printable(cell));
    }
    rows.add(row);
    return this;
  }

  /** Returns its lines, each indented by two spaces. */
  String text() {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        line.append(GAP).append(cell).append(" ".repeat(widths[i] - cell.length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }
}
