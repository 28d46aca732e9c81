package dev.outgrow.importer.sqlite;

import dev.outgrow.sql.Dialect;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for what tells that rows are gone though every page of their table is sound: a page that
 * was written over by a sound one, of this table or of another, reads without a fault.
 */
final class LossCheck {
  private static final Pattern UNUSED = Pattern.compile("Page (\\d+)(?:: | is )never used.*");
  private static final Pattern MISCOUNTED = Pattern.compile("wrong # of entries in index (.*)");
  private static final int MOST_SHOWN = 8;

  /** Where a module keeps a list of the rows of a virtual table, beside the rows themselves. */
  private static final Map<String, String> LISTS = Map.of("content", "docsize", "node", "rowid");

  private final QuickCheck check;

  LossCheck(QuickCheck check) {
    this.check = check;
  }

  /**
   * Describes what tells that rows are gone: pages that no table leads to any more, and tables with
   * fewer rows than an index of theirs has entries.
   *
   * @param ignored tables that do not matter
   */
  List<String> losses(Predicate<String> ignored) throws SQLException {
    List<String> losses = new ArrayList<>(unreachable().stream().toList());
    for (Map.Entry<String, Long> table : entries().entrySet()) {
      OptionalLong rows =
          ignored.test(table.getKey())
              ? OptionalLong.empty()
              : number(table.getKey(), "NOT INDEXED");
      if (rows.isPresent() && rows.getAsLong() < table.getValue()) {
        losses.add(
            "table "
                + table.getKey()
                + ", "
                + rows.getAsLong()
                + " rows, for which an index has "
                + table.getValue());
      }
    }
    return losses;
  }

  /**
   * Returns how many entries an index has, by table, where these may not be as many as its rows. An
   * index with fewer is itself what is damaged.
   */
  Map<String, Long> entries() throws SQLException {
    Map<String, Long> entries = new LinkedHashMap<>();
    for (String finding : check.findings()) {
      Matcher index = MISCOUNTED.matcher(finding);
      Optional<String> table = index.matches() ? indexed(index.group(1)) : Optional.empty();
      if (table.isPresent()) {
        String by = "INDEXED BY " + Dialect.SQLITE.quote(index.group(1));
        number(table.get(), by).ifPresent(n -> entries.merge(table.get(), n, Math::max));
      }
    }
    if (!check.isSound()) {
      for (String table : virtualTables()) {
        listed(table).ifPresent(n -> entries.put(table, n));
      }
    }
    return entries;
  }

  /** Returns the table that has an index with an entry for every row. */
  private Optional<String> indexed(String index) throws SQLException {
    return names(
            "SELECT s.tbl_name FROM sqlite_schema s JOIN pragma_index_list(s.tbl_name) l"
                + " ON l.name = s.name WHERE s.type = 'index' AND s.name = ? AND NOT l.partial",
            index)
        .stream()
        .findFirst();
  }

  private List<String> virtualTables() throws SQLException {
    return names(
        "SELECT name FROM sqlite_schema WHERE type = ?"
            + " AND rootpage = 0 AND sql LIKE 'create virtual%'",
        "table");
  }

  /** Counts the rows of a virtual table that keeps them itself, by the module's list of them. */
  private OptionalLong listed(String table) throws SQLException {
    for (Map.Entry<String, String> list : LISTS.entrySet()) {
      if (isTable(table + "_" + list.getKey()) && isTable(table + "_" + list.getValue())) {
        return number(table + "_" + list.getValue(), "NOT INDEXED");
      }
    }
    return OptionalLong.empty();
  }

  private boolean isTable(String name) throws SQLException {
    return !names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name = ?", name)
        .isEmpty();
  }

  private List<String> names(String sql, String parameter) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = check.connection().prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  /** Counts rows; {@code count(*)} would take any index for that. */
  private OptionalLong number(String table, String how) throws SQLException {
    return answer("SELECT ifnull(sum(1), 0) FROM " + Dialect.SQLITE.quote(table) + " " + how);
  }

  private OptionalLong answer(String sql) throws SQLException {
    try (Statement statement = check.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    } catch (SQLException e) {
      if (QuickCheck.isUnusable(e)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /**
   * Describes the pages that no table leads to any more, if any. Such pages are what is left of a
   * tree of which a page was written over by a sound one. Where the list of free pages or an index
   * is damaged, they may be those of that.
   */
  Optional<String> unreachable() throws SQLException {
    List<String> pages = new ArrayList<>();
    for (String finding : check.findings()) {
      Matcher unused = UNUSED.matcher(finding);
      Matcher tree = QuickCheck.IN_TREE.matcher(finding);
      if (finding.contains("freelist")
          || (tree.matches() && !check.tables().containsKey(Integer.parseInt(tree.group(1))))) {
        return Optional.empty();
      }
      if (unused.matches()) {
        pages.add(unused.group(1));
      }
    }
    return pages.isEmpty() ? uncounted() : Optional.of(described(pages));
  }

  private static String described(List<String> pages) {
    int more = pages.size() - MOST_SHOWN;
    return "page "
        + String.join(", ", pages.subList(0, Math.min(pages.size(), MOST_SHOWN)))
        + (more > 0 ? " and " + more + " more" : "")
        + ": no table leads there";
  }

  /**
   * Where a virtual table stands first in the schema, SQLite's check says nothing of unused pages;
   * then they are counted, which another walk over all trees costs.
   */
  private Optional<String> uncounted() throws SQLException {
    if (virtualTables().isEmpty()) {
      return Optional.empty();
    }
    OptionalLong used = answer("SELECT sum(pageno) FROM dbstat WHERE aggregate = TRUE");
    OptionalLong pages = answer("PRAGMA page_count");
    if (used.isEmpty() || pages.isEmpty()) {
      return Optional.empty();
    }
    long left =
        pages.getAsLong()
            - used.getAsLong()
            - answer("PRAGMA freelist_count").orElse(0)
            - PageUse.ofNoTree(
                pages.getAsLong(),
                answer("PRAGMA page_size").orElse(0),
                answer("PRAGMA auto_vacuum").orElse(0) != 0);
    return left > 0
        ? Optional.of(left + (left == 1 ? " page" : " pages") + " to which no table leads")
        : Optional.empty();
  }
}
