package dev.outgrow.importer.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for damage to the trees in which tables keep their rows. SQLite reads many damaged trees
 * without a word: it gives rows twice, gives empty ones, or leaves some out.
 *
 * <p>Damage to an index or to the list of free pages does not matter, since neither is read. Nor do
 * values that break a table's own constraints, which the same check reports. The rows of a table
 * without rowids have no order that its tree alone can tell: these tables are looked at row by row.
 */
final class DamageCheck {
  /** What is said of pages whose rows are nevertheless all there. */
  private static final Pattern HARMLESS =
      Pattern.compile(".*(?:free space corruption|[Pp]tr ?map).*");

  /** How SQLite says that rows of a table without rowids are not in their order. */
  private static final String DISORDER = "row not in PRIMARY KEY order";

  private final QuickCheck check;

  DamageCheck(QuickCheck check) {
    this.check = check;
  }

  /**
   * Returns what is wrong with the trees of tables, each with the table's name and the page.
   *
   * @param ignored tables that do not matter
   */
  List<String> damages(Predicate<String> ignored) throws SQLException {
    Map<Integer, String> tables = check.tables();
    Map<String, String> damages = new LinkedHashMap<>(); // the first of each page
    for (String finding : check.findings()) {
      Matcher matcher = QuickCheck.IN_TREE.matcher(finding);
      if (matcher.matches() && !HARMLESS.matcher(finding).matches()) {
        int root = Integer.parseInt(matcher.group(1));
        String table = tables.get(root);
        if (table != null && (root == QuickCheck.SCHEMA_ROOT || !ignored.test(table))) {
          damages.putIfAbsent(
              table + matcher.group(2),
              "table " + table + ", " + matcher.group(2) + matcher.group(3));
        }
      }
    }
    return List.copyOf(damages.values());
  }

  /**
   * Returns which of these tables have rows that are not in the order of their key: a page of
   * theirs was written over by another, whose rows are there twice while its own are gone.
   */
  List<String> disordered(List<String> tables) throws SQLException {
    List<String> disordered = new ArrayList<>();
    for (String table : tables) {
      if (check.rowByRow(table).stream().anyMatch(f -> f.startsWith(DISORDER))) {
        disordered.add(table);
      }
    }
    return disordered;
  }
}
