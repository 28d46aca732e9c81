package dev.outgrow.importer.translate;

import java.util.List;

/** Functions that gather the values of a group, or of a window. */
final class AggregateFunctions {
  static final List<Function> ALL =
      List.of(
          aggregate(
              "count",
              0,
              1,
              AggregateFunctions::count,
              "count(*)",
              "count(t)",
              "count(DISTINCT t)",
              "count(*) FILTER (WHERE i > 0)"),
          aggregate("sum", 1, 1, AggregateFunctions::sum, "sum(j)", "sum(f)", "sum(DISTINCT j)"),
          aggregate("total", 1, 1, AggregateFunctions::total, "total(j)"),
          aggregate("avg", 1, 1, AggregateFunctions::avg, "avg(j)", "avg(f)"),
          aggregate("min", 1, 1, u -> extreme(u, "min"), "min(i)", "min(r)", "min(t)"),
          aggregate("max", 1, 1, u -> extreme(u, "max"), "max(i)", "max(r)", "max(t)"),
          aggregate(
              "group_concat",
              1,
              2,
              AggregateFunctions::joined,
              "group_concat(f)",
              "group_concat(f, '-')"),
          aggregate("string_agg", 2, 2, AggregateFunctions::joined, "string_agg(f, '-')"));

  private AggregateFunctions() {}

  private static Function aggregate(
      String name, int least, int most, Function.Rendering rendering, String... examples) {
    return new Function(name, least, most, Function.Family.AGGREGATE, List.of(examples), rendering);
  }

  private static Typed count(Function.Use use) throws RefusedException {
    if (use.count() == 0) {
      return use.result(gathered(use, "count", "*"), Kind.INTEGER);
    }
    Typed value = use.arguments().get(0);
    if (value.kind() == Kind.JSON && use.call().distinct()) {
      throw use.refused("of different values of JSON");
    }
    String different =
        use.call().distinct() && value.kind() == Kind.TEXT
            ? Collations.key(value.sql(), Collations.orBinary(value.collation()), use.at())
            : value.sql();
    return use.result(gathered(use, "count", distinctSql(use, different)), Kind.INTEGER);
  }

  /** The sum of integers is one, and an error beyond 64 bits, on both sides. */
  private static Typed sum(Function.Use use) throws RefusedException {
    Typed value = number(use);
    return value.kind() == Kind.REAL
        ? use.result(gathered(use, "sum", distinctSql(use, value.sql())), Kind.REAL)
        : use.result(
            gathered(use, "sum", distinctSql(use, value.sql())) + "::bigint", Kind.INTEGER);
  }

  private static Typed total(Function.Use use) throws RefusedException {
    String sum = gathered(use, "sum", distinctSql(use, number(use).sql()));
    return use.result("coalesce(" + sum + "::double precision, 0)", Kind.REAL);
  }

  private static Typed avg(Function.Use use) throws RefusedException {
    String value = distinctSql(use, number(use).sql());
    String sql =
        "("
            + gathered(use, "sum", value)
            + "::double precision / nullif("
            + gathered(use, "count", value)
            + ", 0))";
    return use.result(sql, Kind.REAL);
  }

  private static Typed number(Function.Use use) throws RefusedException {
    Typed value = use.argument(0);
    return value.kind() == Kind.REAL ? value : Values.integer(value, use.at());
  }

  private static Typed extreme(Function.Use use, String function) throws RefusedException {
    Typed value = use.once(0);
    if (value.kind() == Kind.TEXT) {
      requireBinary(use, value);
      return use.result(gathered(use, function, value.sql() + " COLLATE \"C\""), Kind.TEXT);
    }
    if (value.kind() == Kind.BLOB) {
      throw use.refused("of bytes"); // PostgreSQL has it since 18 alone
    }
    Typed number = value.kind() == Kind.REAL ? value : Values.integer(value, use.at());
    return use.result(gathered(use, function, number.sql()), number.kind());
  }

  private static Typed joined(Function.Use use) throws RefusedException {
    if (use.call().distinct() && use.count() == 2) {
      throw use.refused("with DISTINCT and a separator");
    }
    String separator = use.count() == 2 ? use.text(1) : "','";
    if (use.count() == 2 && !(use.argument(1).literal() instanceof Literal.Text)) {
      throw use.refused("with a separator that is not a plain text");
    }
    if (use.call().distinct()) {
      requireBinary(use, use.arguments().get(0));
    }
    String text = distinctSql(use, use.text(0));
    return use.result(gathered(use, "string_agg", text + ", " + separator), Kind.TEXT);
  }

  private static String distinctSql(Function.Use use, String sql) {
    return use.call().distinct() ? "DISTINCT " + sql : sql;
  }

  private static void requireBinary(Function.Use use, Typed value) throws RefusedException {
    if (value.kind() == Kind.TEXT
        && !Collations.orBinary(value.collation()).equals(Collations.BINARY)) {
      throw use.refused("of texts with a collation");
    }
  }

  static String gathered(Function.Use use, String function, String arguments)
      throws RefusedException {
    Expr filter = use.call().filter();
    String rest =
        filter == null ? "" : " FILTER (WHERE " + use.translator().truth(filter).sql() + ")";
    return function + "(" + arguments + ")" + rest + WindowFunctions.over(use);
  }
}
