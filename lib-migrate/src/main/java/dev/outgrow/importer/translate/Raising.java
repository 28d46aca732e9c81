package dev.outgrow.importer.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code SELECT RAISE(…) WHERE …} and {@code SELECT CASE WHEN … THEN RAISE(…) END}.
 *
 * <p>{@code ABORT} and {@code ROLLBACK} are errors, after which PostgreSQL's transaction can only
 * be rolled back. {@code FAIL} and {@code IGNORE} leave in place what the statement did before, for
 * which there is nothing in PostgreSQL.
 */
final class Raising {
  private final ExpressionTranslator translator;
  private final Questions questions;

  Raising(ExpressionTranslator translator, Questions questions) {
    this.translator = translator;
    this.questions = questions;
  }

  String of(Query query) throws RefusedException {
    Query.Select select = query.parts().get(0).select();
    boolean plain =
        query.with().isEmpty()
            && query.parts().size() == 1
            && query.order().isEmpty()
            && query.limit() == null
            && select.items().size() == 1
            && select.groupBy().isEmpty()
            && select.having() == null
            && !select.distinct();
    Expr expression = plain ? select.items().get(0).expression() : null;
    if (expression == null) {
      throw new RefusedException("a query that does more than raise an error", query.at());
    }
    return select.from().isEmpty()
        ? when(select.where(), statement(expression))
        : when(found(select), alone(expression));
  }

  /** A row that is found raises the error: which one makes no difference. */
  private static Expr found(Query.Select select) {
    Expr one = new Expr.Value(new Literal.Whole(1), select.at());
    Query.Select row =
        new Query.Select(
            false,
            List.of(new Query.Item(one, null, null, "1", select.at())),
            select.from(),
            select.where(),
            List.of(),
            null,
            select.at());
    return new Expr.Exists(
        new Query(List.of(), List.of(new Query.Part("", row)), List.of(), null, null, select.at()),
        select.at());
  }

  private static String alone(Expr expression) throws RefusedException {
    if (expression instanceof Expr.Call call && Ascii.same(call.name(), "RAISE")) {
      return raise(call);
    }
    throw new RefusedException("an error that depends on the rows of a table", expression.at());
  }

  private String when(@Nullable Expr condition, String statement) throws RefusedException {
    if (condition == null) {
      return statement;
    }
    Questions.Condition met = questions.condition(condition, translator);
    return met.before() + "  IF " + met.sql() + " THEN\n" + statement + "  END IF;\n";
  }

  private String statement(Expr expression) throws RefusedException {
    if (expression instanceof Expr.Case cases && cases.base() == null) {
      return cases(cases);
    }
    if (expression instanceof Expr.Value) {
      return "  NULL;\n";
    }
    if (expression instanceof Expr.Call call && Ascii.same(call.name(), "RAISE")) {
      return raise(call);
    }
    throw new RefusedException("a query that does more than raise an error", expression.at());
  }

  /** What one arm asks is asked only where no arm before it was met. */
  private String cases(Expr.Case cases) throws RefusedException {
    Expr otherwise = cases.otherwise();
    String rest = otherwise == null ? "" : statement(otherwise);
    for (int i = cases.arms().size() - 1; i >= 0; i--) {
      Expr.Case.Arm arm = cases.arms().get(i);
      Questions.Condition met = questions.condition(arm.when(), translator);
      String last = rest.isEmpty() ? "" : "  ELSE\n" + rest;
      rest =
          met.before()
              + "  IF "
              + met.sql()
              + " THEN\n"
              + statement(arm.then())
              + last
              + "  END IF;\n";
    }
    return rest;
  }

  private static String raise(Expr.Call call) throws RefusedException {
    String action =
        !call.arguments().isEmpty() && call.arguments().get(0) instanceof Expr.Name name
            ? Ascii.upper(name.column())
            : "";
    boolean known = action.equals("ABORT") || action.equals("ROLLBACK");
    if (!known || call.arguments().size() != 2) {
      throw new RefusedException("RAISE(" + action + ")", call.at());
    }
    return "    RAISE EXCEPTION USING MESSAGE = "
        + message(call.arguments().get(1))
        + ",\n      ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME,"
        + " TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;\n";
  }

  private static String message(Expr expr) throws RefusedException {
    if (expr instanceof Expr.Value value && value.literal() instanceof Literal.Text text) {
      return Values.text(text.value(), expr.at()).sql();
    }
    if (expr instanceof Expr.Name name && name.table() == null && name.maybeText()) {
      return Values.text(name.column(), expr.at()).sql();
    }
    throw new RefusedException("a message that is not a plain text", expr.at());
  }
}
