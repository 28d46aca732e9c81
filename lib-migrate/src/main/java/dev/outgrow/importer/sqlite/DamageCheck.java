package dev.outgrow.importer.sqlite;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for damage to the trees in which tables keep their rows. SQLite reads many damaged trees
 * without a word: it gives rows twice, gives empty ones, or leaves some out.
 *
 * <p>Damage to an index or to the list of free pages does not matter, since neither is read. Nor do
 * values that break a table's own constraints, which the same check reports. The rows of a table
 * without rowids have no order that its tree alone can tell: these tables are looked at row by row.
 */
final class DamageCheck {
  private static final int MOST_FINDINGS = 200;
  private static final int SCHEMA_ROOT = 1;
  private static final int SQLITE_CORRUPT = 11;
  private static final Pattern IN_TREE = Pattern.compile("Tree (\\d+) (page \\d+)(.*)");

  /** What is said of pages whose rows are nevertheless all there. */
  private static final Pattern HARMLESS =
      Pattern.compile(".*(?:free space corruption|[Pp]tr ?map).*");

  private static final Pattern UNUSED = Pattern.compile("Page (\\d+)(?:: | is )never used.*");
  private static final Pattern MISCOUNTED = Pattern.compile("wrong # of entries in index (.*)");
  private static final int MOST_SHOWN = 8;

  /** How SQLite says that rows of a table without rowids are not in their order. */
  private static final String DISORDER = "row not in PRIMARY KEY order";

  private final Connection connection;
  private @Nullable List<String> known;

  DamageCheck(Connection connection) {
    this.connection = connection;
  }

  /**
   * Returns what is wrong with the trees of tables, each with the table's name and the page.
   *
   * @param ignored tables that do not matter
   */
  List<String> damages(Predicate<String> ignored) throws SQLException {
    Map<Integer, String> tables = tables();
    Map<String, String> damages = new LinkedHashMap<>(); // the first of each page
    for (String finding : findings(tables)) {
      Matcher matcher = IN_TREE.matcher(finding);
      if (matcher.matches() && !HARMLESS.matcher(finding).matches()) {
        String table = tables.get(Integer.parseInt(matcher.group(1)));
        boolean schema = matcher.group(1).equals(Integer.toString(SCHEMA_ROOT));
        if (table != null && (schema || !ignored.test(table))) {
          damages.putIfAbsent(
              table + matcher.group(2),
              "table " + table + ", " + matcher.group(2) + matcher.group(3));
        }
      }
    }
    return List.copyOf(damages.values());
  }

  /**
   * Describes what tells that rows are gone though every page of their table is sound: pages that
   * no table leads to any more, and tables with fewer rows than an index of theirs has entries.
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

  /** Describes the pages that no table leads to any more, if any. */
  Optional<String> unreachable() throws SQLException {
    Map<Integer, String> tables = tables();
    return unreachable(findings(tables), tables);
  }

  /**
   * Returns how many entries an index has, by table, where these are not as many as its rows. An
   * index with fewer is itself what is damaged.
   */
  Map<String, Long> entries() throws SQLException {
    Map<String, Long> entries = new LinkedHashMap<>();
    for (String finding : findings(tables())) {
      Matcher index = MISCOUNTED.matcher(finding);
      Optional<String> table = index.matches() ? indexed(index.group(1)) : Optional.empty();
      if (table.isPresent()) {
        String by = "INDEXED BY " + Dialect.SQLITE.quote(index.group(1));
        number(table.get(), by).ifPresent(n -> entries.merge(table.get(), n, Math::max));
      }
    }
    return entries;
  }

  /** Returns the table that has an index with an entry for every row. */
  private Optional<String> indexed(String index) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = ?"
                + " AND ifnull(sql, '') NOT LIKE '%where%'")) {
      statement.setString(1, index);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Counts rows; {@code count(*)} would take any index for that. */
  private OptionalLong number(String table, String how) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT ifnull(sum(1), 0) FROM " + Dialect.SQLITE.quote(table) + " " + how)) {
      count.next();
      return OptionalLong.of(count.getLong(1));
    } catch (SQLException e) {
      int code = e.getErrorCode() & 0xFF;
      if (code == 1 || code == SQLITE_CORRUPT) {
        return OptionalLong.empty(); // it needs a function that is not there, or is damaged itself
      }
      throw e;
    }
  }

  /**
   * Such pages are what is left of a tree of which a page was written over by a sound one. Where
   * the list of free pages or an index is damaged, they may be those of that.
   */
  private static Optional<String> unreachable(List<String> findings, Map<Integer, String> tables) {
    List<String> pages = new ArrayList<>();
    for (String finding : findings) {
      Matcher unused = UNUSED.matcher(finding);
      Matcher tree = IN_TREE.matcher(finding);
      if (finding.contains("freelist")
          || (tree.matches() && !tables.containsKey(Integer.parseInt(tree.group(1))))) {
        return Optional.empty();
      }
      if (unused.matches()) {
        pages.add(unused.group(1));
      }
    }
    int more = pages.size() - MOST_SHOWN;
    String shown = String.join(", ", pages.subList(0, Math.min(pages.size(), MOST_SHOWN)));
    return pages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "page "
                + shown
                + (more > 0 ? " and " + more + " more" : "")
                + ": no table leads there");
  }

  /**
   * Returns which of these tables have rows that are not in the order of their key: a page of
   * theirs was written over by another, whose rows are there twice while its own are gone.
   */
  List<String> disordered(List<String> tables) throws SQLException {
    List<String> disordered = new ArrayList<>();
    for (String table : tables) {
      List<String> findings = new ArrayList<>();
      isChecked("SELECT * FROM pragma_integrity_check(?)", table, findings);
      if (findings.stream().anyMatch(f -> f.startsWith(DISORDER))) {
        disordered.add(table);
      }
    }
    return disordered;
  }

  /** Returns the tables by their first pages. */
  private Map<Integer, String> tables() throws SQLException {
    Map<Integer, String> tables = new HashMap<>();
    tables.put(SCHEMA_ROOT, "sqlite_schema");
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rootpage, name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")) {
      while (rows.next()) {
        String name = rows.getString(2);
        if (!Identifier.folded(name).startsWith("sqlite_stat")) {
          tables.put(rows.getInt(1), name);
        }
      }
    }
    return tables;
  }

  /**
   * A definition that SQLite cannot use, such as a function that is not there, ends the check of
   * the whole file; then each table is checked by itself.
   */
  private List<String> findings(Map<Integer, String> tables) throws SQLException {
    List<String> before = known;
    List<String> all = before == null ? look(Set.copyOf(tables.values())) : before;
    known = all;
    return all;
  }

  private List<String> look(Set<String> tables) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA ignore_check_constraints = ON");
      if (isChecked("PRAGMA quick_check(" + MOST_FINDINGS + ")", "", findings)) {
        return findings;
      }
      findings.clear();
      for (String table : tables.stream().sorted().collect(Collectors.toList())) {
        isChecked("SELECT * FROM pragma_quick_check(?)", table, findings);
      }
      return findings;
    }
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
      int code = e.getErrorCode() & 0xFF;
      if (code != 1 && code != SQLITE_CORRUPT) {
        throw e;
      }
      return code == SQLITE_CORRUPT; // what it found before it gave up is there
    }
  }
}
