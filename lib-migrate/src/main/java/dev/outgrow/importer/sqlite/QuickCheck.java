package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite itself says of a file's pages, asked once. Where the pages are found to be sound
 * without it, which takes a fraction of the time, it need not be asked.
 */
final class QuickCheck {
  /** How SQLite names a page of a tree: the tree's first page, the page, what is wrong. */
  static final Pattern IN_TREE = Pattern.compile("Tree (\\d+) (page \\d+)(.*)");

  static final int SCHEMA_ROOT = 1;
  private static final int MOST_FINDINGS = 200;
  private static final int SQLITE_ERROR = 1;
  private static final int SQLITE_CORRUPT = 11;
  private static final String SOUND = "ok";

  private final Connection connection;
  private final Look pages;
  private @Nullable List<String> known;
  private @Nullable Map<Integer, String> tables;

  /** A look at a file's pages. */
  @FunctionalInterface
  interface Look {
    /** Returns whether nothing is wrong with them; false if only SQLite can say. */
    boolean areSound() throws SQLException;
  }

  QuickCheck(Connection connection) {
    this(connection, () -> false);
  }

  /**
   * Prepares.
   *
   * @param pages tells whether it is known without SQLite that nothing is wrong
   */
  QuickCheck(Connection connection, Look pages) {
    this.connection = connection;
    this.pages = pages;
  }

  Connection connection() {
    return connection;
  }

  /** Returns whether nothing is wrong, neither with a table nor with anything else. */
  boolean isSound() throws SQLException {
    return findings().stream().allMatch(SOUND::equals);
  }

  /** Returns the tables by their first pages. */
  Map<Integer, String> tables() throws SQLException {
    if (tables == null) {
      tables = readTables();
    }
    return tables;
  }

  private Map<Integer, String> readTables() throws SQLException {
    Map<Integer, String> found = new HashMap<>();
    found.put(SCHEMA_ROOT, "sqlite_schema");
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rootpage, name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")) {
      while (rows.next()) {
        String name = rows.getString(2);
        if (!Identifier.folded(name).startsWith("sqlite_stat")) {
          found.put(rows.getInt(1), name);
        }
      }
    }
    return found;
  }

  /**
   * Returns what SQLite finds. A definition that it cannot use, such as a function that is not
   * there, ends the check of the whole file; then each table is checked by itself.
   */
  List<String> findings() throws SQLException {
    if (known == null) {
      known = pages.areSound() ? List.of(SOUND) : look(Set.copyOf(tables().values()));
    }
    return known;
  }

  private List<String> look(Set<String> names) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA ignore_check_constraints = ON");
      if (isChecked("PRAGMA quick_check(" + MOST_FINDINGS + ")", "", findings)) {
        return findings;
      }
      findings.clear();
      for (String table : names.stream().sorted().collect(Collectors.toList())) {
        isChecked("SELECT * FROM pragma_quick_check(?)", table, findings);
      }
      return findings;
    }
  }

  /** Returns what the check of a table finds that looks at each row as well. */
  List<String> rowByRow(String table) throws SQLException {
    List<String> findings = new ArrayList<>();
    isChecked("SELECT * FROM pragma_integrity_check(?)", table, findings);
    return findings;
  }

  private boolean isChecked(String sql, String table, List<String> findings) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!table.isEmpty()) {
        statement.setString(1, table);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          rows.getString(1).lines().forEach(findings::add);
        }
      }
      return true;
    } catch (SQLException e) {
      if (!isUnusable(e)) {
        throw e;
      }
      return (e.getErrorCode() & 0xFF) == SQLITE_CORRUPT; // what it found before is there
    }
  }

  /** Whether what was asked for is damaged itself, or needs what this SQLite has not. */
  static boolean isUnusable(SQLException e) {
    int code = e.getErrorCode() & 0xFF;
    return code == SQLITE_ERROR || code == SQLITE_CORRUPT;
  }
}
