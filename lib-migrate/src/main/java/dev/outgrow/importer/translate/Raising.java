package dev.outgrow.importer.translate;

import java.util.ArrayList;
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

  Raising(ExpressionTranslator translator) {
    this.translator = translator;
  }

  String of(Query query) throws RefusedException {
    Query.Select select = query.parts().get(0).select();
    boolean plain =
        query.with().isEmpty()
            && query.parts().size() == 1
            && query.order().isEmpty()
            && query.limit() == null
            && select.items().size() == 1
            && select.from().isEmpty()
            && select.groupBy().isEmpty()
            && select.having() == null
            && !select.distinct();
    Expr expression = plain ? select.items().get(0).expression() : null;
    if (expression == null) {
      throw new RefusedException("a query that does more than raise an error", query.at());
    }
    return when(select.where(), statement(expression));
  }

  private String when(@Nullable Expr condition, String statement) throws RefusedException {
    return condition == null
        ? statement
        : "  IF " + translator.truth(condition).sql() + " THEN\n" + statement + "  END IF;\n";
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

  private String cases(Expr.Case cases) throws RefusedException {
    List<String> arms = new ArrayList<>();
    for (Expr.Case.Arm arm : cases.arms()) {
      arms.add("IF " + translator.truth(arm.when()).sql() + " THEN\n" + statement(arm.then()));
    }
    Expr otherwise = cases.otherwise();
    String last = otherwise == null ? "" : "  ELSE\n" + statement(otherwise);
    return "  " + String.join("  ELS", arms) + last + "  END IF;\n";
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
