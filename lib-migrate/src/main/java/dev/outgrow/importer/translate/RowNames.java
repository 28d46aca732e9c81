package dev.outgrow.importer.translate;

import java.util.Set;
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
  private static final Set<String> ONE_SPELLING =
      Set.of(
          "date",
          "time without time zone",
          "timestamp without time zone",
          "timestamp with time zone",
          "uuid");

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

  /**
   * Asks whether a day, a time or a UUID is what it was: a value of its type has one spelling in
   * PostgreSQL, so that it cannot be the same in another one. Returns null for anything else.
   */
  @Nullable Typed unchanged(Expr.Binary binary) throws RefusedException {
    String operator =
        switch (binary.operator()) {
          case EQUAL -> " = ";
          case UNEQUAL -> " <> ";
          case IS -> " IS NOT DISTINCT FROM ";
          case IS_NOT -> " IS DISTINCT FROM ";
          default -> "";
        };
    if (operator.isEmpty()
        || !(binary.left() instanceof Expr.Name left)
        || !(binary.right() instanceof Expr.Name right)) {
      return null;
    }
    Scope.Column column = table.columnOrId(left.column());
    if (column == null
        || !column.equals(table.columnOrId(right.column()))
        || !ONE_SPELLING.contains(column.type())) {
      return null;
    }
    Typed one = find(left);
    Typed other = find(right);
    return one == null || other == null
        ? null
        : Typed.of("(" + one.sql() + operator + other.sql() + ")", Kind.TRUTH, Stability.IMMUTABLE);
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
