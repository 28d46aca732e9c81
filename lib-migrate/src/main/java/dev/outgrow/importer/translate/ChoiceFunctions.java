package dev.outgrow.importer.translate;

import static dev.outgrow.importer.translate.Function.scalar;

import dev.outgrow.sql.sqlite.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Functions that choose one of their arguments, or say what it is. */
final class ChoiceFunctions {
  private static final int MOST = 100;

  static final List<Function> ALL =
      List.of(
          scalar(
              "coalesce",
              2,
              MOST,
              ChoiceFunctions::coalesce,
              "coalesce(t, u, 'x')",
              "coalesce(i, 0)",
              "coalesce(r, 0)"),
          scalar(
              "ifnull",
              2,
              2,
              ChoiceFunctions::coalesce,
              "ifnull(t, u)",
              "ifnull(i, j)",
              "ifnull(f, 0)"),
          scalar(
              "nullif",
              2,
              2,
              ChoiceFunctions::nullif,
              "nullif(t, u)",
              "nullif(i, j)",
              "nullif(t, i)",
              "nullif(i, r)"),
          scalar(
              "iif",
              2,
              MOST,
              ChoiceFunctions::iif,
              "iif(i, t, u)",
              "iif(r > 1, i, j)",
              "iif(f, 'yes', 'no')",
              "iif(f, 'yes', i > 0, t, 'no')",
              "iif(i > 5, 'a', i > 3, 'b')"),
          scalar("if", 2, MOST, ChoiceFunctions::iif, "if(i > j, t, u)"),
          scalar("min", 2, MOST, u -> extreme(u, "least"), "min(i, j)", "min(t, u)", "min(r, 2.5)"),
          scalar("max", 2, MOST, u -> extreme(u, "greatest"), "max(i, j, 3)", "max(t, u)"),
          scalar(
              "typeof",
              1,
              1,
              ChoiceFunctions::typeof,
              "typeof(i)",
              "typeof(r)",
              "typeof(t)",
              "typeof(b)"),
          scalar("likely", 1, 1, ChoiceFunctions::same, "likely(i)"),
          scalar("unlikely", 1, 1, ChoiceFunctions::same, "unlikely(t)"),
          scalar("likelihood", 2, 2, ChoiceFunctions::same, "likelihood(t, 0.9)"));

  private ChoiceFunctions() {}

  private static Typed coalesce(Function.Use use) throws RefusedException {
    List<Typed> values = Choices.unified(use.arguments(), use.at());
    return Choices.as(
        values.stream().map(Typed::sql).collect(Collectors.joining(", ", "coalesce(", ")")),
        values,
        use.result("", Kind.NULL).stability());
  }

  /** Compares the values as they are, without any affinity. */
  private static Typed nullif(Function.Use use) throws RefusedException {
    Typed value = use.argument(0);
    Typed equal =
        new Comparison(Operator.EQUAL, use.at())
            .of(value.withAffinity(Affinity.BLOB), use.argument(1).withAffinity(Affinity.BLOB));
    return Choices.written(List.of(equal.sql()), List.of(Typed.none(), value), equal.stability());
  }

  /** Conditions and answers in turn, and at the end the answer where none of them holds. */
  private static Typed iif(Function.Use use) throws RefusedException {
    List<String> conditions = new ArrayList<>();
    List<Typed> answers = new ArrayList<>();
    Stability stability = Stability.IMMUTABLE;
    for (int i = 0; i + 1 < use.count(); i += 2) {
      Typed condition = Values.truth(use.once(i), use.at());
      stability = stability.and(condition.stability());
      conditions.add(condition.sql());
      answers.add(use.arguments().get(i + 1));
    }
    boolean otherwise = use.count() % 2 != 0;
    answers.add(otherwise ? use.arguments().get(use.count() - 1) : Typed.none());
    return Choices.written(conditions, Choices.unified(answers, use.at()), stability);
  }

  /** NULL among the values makes the answer NULL, where PostgreSQL would leave it out. */
  private static Typed extreme(Function.Use use, String function) throws RefusedException {
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < use.count(); i++) {
      values.add(use.argument(i));
    }
    List<Typed> unified = Choices.unified(values, use.at());
    List<String> keys = new ArrayList<>();
    List<String> nulls = new ArrayList<>();
    for (Typed value : unified) {
      if (value.kind() == Kind.TEXT
          && !Collations.BINARY.equals(Collations.orBinary(value.collation()))) {
        throw use.refused("of texts with a collation");
      }
      keys.add(value.kind() == Kind.TEXT ? value.sql() + " COLLATE \"C\"" : value.sql());
      nulls.add(value.sql() + " IS NULL");
    }
    String sql =
        "(CASE WHEN "
            + String.join(" OR ", nulls)
            + " THEN NULL ELSE "
            + function
            + "("
            + String.join(", ", keys)
            + ") END)";
    return Choices.as(sql, unified, use.result("", Kind.NULL).stability());
  }

  private static Typed typeof(Function.Use use) throws RefusedException {
    if (use.arguments().get(0).kind() == Kind.JSON) {
      return use.result(JsonValues.typeOf(use.arguments().get(0).sql()), Kind.TEXT);
    }
    Typed value = use.argument(0);
    String type =
        switch (value.kind()) {
          case INTEGER, TRUTH -> "integer";
          case REAL -> "real";
          case TEXT -> "text";
          case BLOB -> "blob";
          case NULL -> "null";
          default -> throw use.refused("of a number that is an integer or not");
        };
    String sql = "(CASE WHEN " + value.sql() + " IS NULL THEN 'null' ELSE '" + type + "' END)";
    return use.result(sql, Kind.TEXT);
  }

  private static Typed same(Function.Use use) throws RefusedException {
    Typed value = use.once(0).withAffinity(Affinity.BLOB);
    return value.explicit() ? value : value.withCollation(null, false); // a column's own is lost
  }
}
