package dev.outgrow.exporter;

import dev.outgrow.importer.fixture.SqliteFiles;
import dev.outgrow.sql.Dialect;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Compares two SQLite files by asking SQLite alone, value by value with its storage class. It knows
 * nothing of what an import or an export makes of them.
 */
final class TwoFiles {
  private static final Pattern TEXT = Pattern.compile("text ([0-9A-F]*)\\|");

  private TwoFiles() {}

  /**
   * Returns what is different.
   *
   * @param tables the tables to compare
   * @param except columns that may differ, as {@code table.column}
   */
  static List<String> differences(
      Path one, Path other, Collection<String> tables, Set<String> except) throws SQLException {
    List<String> differences = new ArrayList<>();
    try (Connection left = SqliteFiles.open(one);
        Connection right = SqliteFiles.open(other)) {
      for (String table : tables) {
        List<String> columns =
            column(left, "SELECT name FROM pragma_table_info(" + literal(table) + ")").stream()
                .filter(c -> !except.contains((table + "." + c).toLowerCase(Locale.ROOT)))
                .toList();
        List<String> expected = rows(left, table, columns);
        List<String> found = rows(right, table, columns);
        if (!expected.equals(found)) {
          differences.add(table + ": " + first(expected, found));
        }
      }
    }
    return differences;
  }

  private static String first(List<String> expected, List<String> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      if (!expected.get(i).equals(found.get(i))) {
        return expected.get(i) + " became " + found.get(i);
      }
    }
    return expected.size() + " rows became " + found.size();
  }

  /** Returns the rows of a table, in an order of their own. */
  static List<String> rows(Connection file, String table, List<String> columns)
      throws SQLException {
    StringBuilder cells = new StringBuilder("''");
    for (String column : columns) {
      String c = Dialect.SQLITE.quote(column);
      cells
          .append(" || typeof(" + c + ") || ' ' || CASE typeof(" + c + ")")
          .append(" WHEN 'null' THEN '' WHEN 'integer' THEN " + c)
          .append(" WHEN 'real' THEN printf('%!.17g', " + c + ")")
          .append(" ELSE hex(" + c + ") END || '|'");
    }
    Charset charset = Charset.forName(column(file, "PRAGMA encoding").get(0));
    return column(file, "SELECT " + cells + " FROM " + Dialect.SQLITE.quote(table)).stream()
        .map(row -> TEXT.matcher(row).replaceAll(m -> "text " + inUtf8(m.group(1), charset) + "|"))
        .sorted()
        .toList();
  }

  /** A file keeps text in the encoding that it was made with, which two files need not share. */
  private static String inUtf8(String hex, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return hex; // as it is, valid or not
    }
    HexFormat format = HexFormat.of().withUpperCase();
    String text = new String(format.parseHex(hex), charset);
    return format.formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> column(Connection file, String query) throws SQLException {
    try (Statement statement = file.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    }
  }

  private static String literal(String text) {
    return Dialect.SQLITE.literal(text);
  }
}
