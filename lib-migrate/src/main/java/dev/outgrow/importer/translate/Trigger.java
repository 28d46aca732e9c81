package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger of SQLite, as its grammar sees it.
 *
 * @param before whether it comes before what happens, which is so where it does not say
 * @param event {@code INSERT}, {@code UPDATE} or {@code DELETE}
 * @param columns the columns behind {@code UPDATE OF}
 * @param when its condition, or null
 * @param statements what it does
 * @param at where it begins
 */
record Trigger(
    boolean before,
    String event,
    List<String> columns,
    @Nullable Expr when,
    List<Statement> statements,
    int at) {

  /** One statement of a trigger. */
  sealed interface Statement {}

  /** A query, which may raise an error. */
  record Select(Query query) implements Statement {}

  /**
   * An update.
   *
   * @param table the table
   * @param assignments what is set
   * @param where which rows, or null for all
   * @param at where
   */
  record Update(String table, List<Assignment> assignments, @Nullable Expr where, int at)
      implements Statement {}

  /** A column and its new value. */
  record Assignment(String column, Expr value) {}
}
