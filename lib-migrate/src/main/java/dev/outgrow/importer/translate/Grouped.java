package dev.outgrow.importer.translate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns behind {@code GROUP BY}: any may be gathered, but only the groups' own shown.
 *
 * @param rows the columns of the rows that are grouped
 * @param groups what rows are grouped by, as it is written for a row, and as it is for a group
 */
record Grouped(Names rows, Map<String, String> groups) implements Names {
  @Override
  public @Nullable Typed find(Expr.Name name) throws RefusedException {
    Typed found = rows.find(name);
    if (found == null) {
      return null;
    }
    Typed shown = shown(found);
    if (shown == null) {
      throw new RefusedException(
          "a column that is neither grouped nor gathered: " + name.column(), name.at());
    }
    return shown;
  }

  /**
   * Returns what stands for a value of a row in its group, or null if rows are not grouped by it.
   */
  @Nullable Typed shown(Typed ofRow) {
    String shown = groups.get(ofRow.sql());
    if (shown == null) {
      return null;
    }
    return shown.equals(ofRow.sql()) ? ofRow : ofRow.withSql(shown, ofRow.kind());
  }
}
