package dev.outgrow.importer.translate;

import org.jspecify.annotations.Nullable;

/**
 * The columns a trigger can see: those of {@code NEW} and {@code OLD}, and in a statement on its
 * own row the columns themselves.
 *
 * @param table the table
 * @param trigger the trigger
 * @param early whether PostgreSQL runs it before the row is complete
 * @param own whether a column without a table before it is one of {@code NEW}
 */
record RowNames(TriggerTable table, Trigger trigger, boolean early, boolean own) implements Names {

  @Override
  public @Nullable Typed find(Expr.Name name) throws RefusedException {
    String row = row(name);
    Scope.Column column = row == null ? null : table.columnOrId(name.column());
    if (row == null || column == null) {
      return null;
    }
    if (row.equals("NEW.")) {
      requireComplete(column, name);
    }
    return Columns.typed(column, row);
  }

  /** Returns what stands before the column, or null if there is no such row. */
  @Nullable String row(Expr.Name name) {
    String of = name.table();
    if (of == null || Ascii.same(of, table.scope().table())) {
      return own ? "NEW." : null;
    }
    if (Ascii.same(of, "NEW")) {
      return trigger.event().equals("DELETE") ? null : "NEW.";
    }
    return Ascii.same(of, "OLD") && !trigger.event().equals("INSERT") ? "OLD." : null;
  }

  private void requireComplete(Scope.Column column, Expr.Name name) throws RefusedException {
    if (early && table.isGenerated(column)) {
      throw new RefusedException("a column that is not yet computed: " + column.name(), name.at());
    }
    if (trigger.before() && trigger.event().equals("INSERT") && table.isIdentity(column)) {
      throw new RefusedException("an id that is not yet given: " + column.name(), name.at());
    }
  }
}
