package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CASE}, and values of which one is chosen. */
final class Choices {
  private static final long SMALL = 1L << 53;

  private Choices() {}

  static Typed of(ExpressionTranslator translator, Expr.Case cases) throws RefusedException {
    Typed base = base(translator, cases);
    List<String> conditions = new ArrayList<>();
    List<Typed> answers = new ArrayList<>();
    Stability stability = Stability.IMMUTABLE;
    for (Expr.Case.Arm arm : cases.arms()) {
      Typed when = translator.translate(arm.when());
      Typed condition =
          base == null
              ? Values.truth(when, arm.when().at())
              : new Comparison(Operator.EQUAL, arm.when().at()).of(base, when);
      conditions.add(condition.sql());
      stability = stability.and(condition.stability());
      answers.add(translator.translate(arm.then()));
    }
    Expr otherwise = cases.otherwise();
    answers.add(otherwise == null ? Typed.none() : translator.translate(otherwise));
    return written(conditions, unified(answers, cases.at()), stability);
  }

  private static @Nullable Typed base(ExpressionTranslator translator, Expr.Case cases)
      throws RefusedException {
    Expr base = cases.base();
    return base == null ? null : Values.repeatable(translator.translate(base), cases.at());
  }

  /** Writes a {@code CASE} of conditions, an answer for each of them and one for none. */
  static Typed written(List<String> conditions, List<Typed> answers, Stability of) {
    StringBuilder sql = new StringBuilder("(CASE");
    Stability stability = of;
    for (int i = 0; i < conditions.size(); i++) {
      sql.append(" WHEN ").append(conditions.get(i));
      sql.append(" THEN ").append(answers.get(i).sql());
    }
    for (Typed answer : answers) {
      stability = stability.and(answer.stability());
    }
    Typed last = answers.get(answers.size() - 1);
    sql.append(" ELSE ").append(last.sql()).append(" END)");
    return as(sql.toString(), answers, stability);
  }

  /** Returns SQL that chooses one of these values. */
  static Typed as(String sql, List<Typed> values, Stability stability) {
    Typed shown = values.get(0);
    for (Typed value : values) {
      shown = shown.isNull() || value.type().equals("bigint") ? value : shown;
    }
    return new Typed(
        sql,
        shown.kind(),
        shown.type(),
        Affinity.BLOB,
        null,
        false,
        stability,
        null,
        Typed.Form.ANY);
  }

  /** Returns the values as one kind; NULL is of every kind. */
  static List<Typed> unified(List<Typed> values, int at) throws RefusedException {
    Kind common = Kind.NULL;
    for (Typed value : values) {
      if (value.explicit()) {
        throw new RefusedException("COLLATE inside an expression", at);
      }
      common = common(common, value.kind(), at);
    }
    List<Typed> unified = new ArrayList<>();
    for (Typed value : values) {
      unified.add(value.isNull() ? Typed.none() : converted(value, common, at));
    }
    requireOneType(unified, at);
    return unified;
  }

  private static Kind common(Kind left, Kind right, int at) throws RefusedException {
    if (left == right || right == Kind.NULL) {
      return left;
    }
    if (left == Kind.NULL) {
      return right;
    }
    if (left == Kind.JSON || right == Kind.JSON) {
      return Kind.JSON;
    }
    if (left.isNumber() && right.isNumber()) {
      boolean wholes = left != Kind.REAL && right != Kind.REAL;
      if (left != Kind.NUMBER && right != Kind.NUMBER) {
        return wholes ? Kind.INTEGER : Kind.NUMBER;
      }
    }
    throw new RefusedException("one of several values of different types", at);
  }

  /** A small integer is the same among real numbers; a large one could be rounded. */
  private static Typed converted(Typed value, Kind kind, int at) throws RefusedException {
    if (kind == Kind.JSON) {
      return JsonValues.of(value, at);
    }
    if (kind == Kind.INTEGER && value.kind() == Kind.TRUTH) {
      return Values.integer(value, at);
    }
    if (kind == Kind.NUMBER && value.kind() != Kind.NUMBER) {
      boolean small =
          value.kind() == Kind.REAL
              || (value.literal() instanceof Literal.Whole whole
                  && Math.abs(whole.value()) < SMALL);
      if (!small) {
        throw new RefusedException("an integer among real numbers", at);
      }
      Typed real = Values.realOf(value, at);
      return new Typed(
          real.sql(),
          Kind.NUMBER,
          "double precision",
          Affinity.BLOB,
          null,
          false,
          real.stability(),
          null,
          Typed.Form.ANY);
    }
    return value;
  }

  private static void requireOneType(List<Typed> values, int at) throws RefusedException {
    String type = "";
    for (Typed value : values) {
      if (value.isNull() || value.kind() == Kind.INTEGER) {
        continue;
      }
      if (!type.isEmpty() && !type.equals(value.type())) {
        throw new RefusedException("one of several values of different types", at);
      }
      type = value.type();
    }
  }
}
