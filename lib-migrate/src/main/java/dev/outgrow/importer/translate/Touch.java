package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes {@code UPDATE t SET … WHERE id = NEW.id} in a trigger on the table itself: the row is
 * changed before it is stored, where SQLite stores it twice. It must be certain that no other row
 * is meant, so a key has to be compared with the row's own.
 */
final class Touch {
  private static final String ROWID = "";

  private final Trigger trigger;
  private final TriggerTable table;
  private final RowNames names;
  private final ExpressionTranslator translator;
  private final Set<String> compared = new HashSet<>();
  private final List<String> conditions = new ArrayList<>();
  private final List<String> touched = new ArrayList<>();

  Touch(Trigger trigger, TriggerTable table, RowNames names) {
    this.trigger = trigger;
    this.table = table;
    this.names = names;
    this.translator = new ExpressionTranslator(names);
  }

  /** Returns the columns that are set, by their names in PostgreSQL. */
  List<String> touched() {
    return touched;
  }

  String of(Trigger.Update update) throws RefusedException {
    Expr where = update.where();
    if (trigger.before()
        || trigger.event().equals("DELETE")
        || where == null
        || !Ascii.same(update.table(), table.scope().table())) {
      throw new RefusedException("an update of other rows than the trigger's own", update.at());
    }
    condition(where);
    boolean certain =
        compared.contains(ROWID)
            || (table.identity() != null && compared.contains(table.identity()))
            || table.keys().stream().anyMatch(compared::containsAll);
    if (!certain) {
      throw new RefusedException("an update of other rows than the trigger's own", update.at());
    }
    List<String> assignments = new ArrayList<>();
    for (Trigger.Assignment assignment : update.assignments()) {
      assignments.add(assignment(assignment, update.at()));
    }
    String set = String.join("", assignments);
    return conditions.isEmpty()
        ? set
        : "  IF " + String.join(" AND ", conditions) + " THEN\n" + set + "  END IF;\n";
  }

  private void condition(Expr expr) throws RefusedException {
    if (expr instanceof Expr.Binary binary && binary.operator() == Operator.AND) {
      condition(binary.left());
      condition(binary.right());
    } else if (!isKey(expr)) {
      conditions.add(translator.truth(expr).sql());
    }
  }

  /** Takes a comparison of a column with the row's own. */
  private boolean isKey(Expr expr) throws RefusedException {
    if (!(expr instanceof Expr.Binary binary)
        || binary.operator() != Operator.EQUAL
        || !(binary.left() instanceof Expr.Name left)
        || !(binary.right() instanceof Expr.Name right)) {
      return false;
    }
    boolean leftIsRow = isRow(left);
    if (leftIsRow == isRow(right) || !sameColumn(left, right)) {
      return false;
    }
    Expr.Name row = leftIsRow ? left : right;
    if (names.row(row) == null) {
      throw new RefusedException("no such row: " + row.table(), row.at());
    }
    key(row);
    return true;
  }

  private static boolean isRow(Expr.Name name) {
    return name.table() != null
        && (Ascii.same(name.table(), "NEW") || Ascii.same(name.table(), "OLD"));
  }

  private boolean sameColumn(Expr.Name left, Expr.Name right) {
    Scope.Column one = table.columnOrId(left.column());
    Scope.Column other = table.columnOrId(right.column());
    return one == null
        ? other == null
            && TriggerTable.isRowid(left.column())
            && TriggerTable.isRowid(right.column())
        : one.equals(other);
  }

  /** A rowid that no column stands for stays what it is, as long as there is no such thing. */
  private void key(Expr.Name row) {
    Scope.Column column = table.columnOrId(row.column());
    if (column == null) {
      compared.add(ROWID);
      return;
    }
    compared.add(column.name());
    String name = Dialect.POSTGRESQL.quote(column.target());
    conditions.add(
        "OLD.".equals(names.row(row))
            ? "NEW." + name + " = OLD." + name
            : "NEW." + name + " IS NOT NULL");
  }

  private String assignment(Trigger.Assignment assignment, int at) throws RefusedException {
    Scope.Column column = table.column(assignment.column());
    if (column == null
        || table.isGenerated(column)
        || table.isIdentity(column)
        || compared.contains(column.name())
        || touched.contains(column.target())) {
      throw new RefusedException("an update of the column " + assignment.column(), at);
    }
    Typed value = translator.translate(assignment.value());
    if (touched.stream().anyMatch(t -> value.sql().contains(newColumn(t)))) {
      throw new RefusedException("an update with a column that it sets itself", at);
    }
    touched.add(column.target());
    return "    " + newColumn(column.target()) + " := " + stored(value, column, at) + ";\n";
  }

  private static String newColumn(String target) {
    return "NEW." + Dialect.POSTGRESQL.quote(target);
  }

  private static String stored(Typed value, Scope.Column column, int at) throws RefusedException {
    return value.isNull() ? "NULL" : Target.stored(value, Identifier.folded(column.type()), at);
  }
}
