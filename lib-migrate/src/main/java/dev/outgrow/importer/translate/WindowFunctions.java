package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;

/** Functions of a window, and the window itself. */
final class WindowFunctions {
  static final List<Function> ALL =
      List.of(
          window(
              "row_number",
              0,
              0,
              u -> numbered(u, "row_number"),
              "row_number() OVER (ORDER BY t, id)"),
          window(
              "rank",
              0,
              0,
              u -> numbered(u, "rank"),
              "rank() OVER (PARTITION BY f ORDER BY i DESC)"),
          window(
              "dense_rank", 0, 0, u -> numbered(u, "dense_rank"), "dense_rank() OVER (ORDER BY r)"),
          window(
              "percent_rank",
              0,
              0,
              u -> share(u, "percent_rank"),
              "percent_rank() OVER (ORDER BY j)"),
          window("cume_dist", 0, 0, u -> share(u, "cume_dist"), "cume_dist() OVER (ORDER BY j)"),
          window("ntile", 1, 1, WindowFunctions::ntile, "ntile(7) OVER (ORDER BY id)"),
          window(
              "lag",
              1,
              2,
              u -> neighbour(u, "lag"),
              "lag(t) OVER (ORDER BY i, id)",
              "lag(t, 3) OVER (ORDER BY id)"),
          window(
              "lead",
              1,
              2,
              u -> neighbour(u, "lead"),
              "lead(i) OVER (ORDER BY id)",
              "lead(i, 0) OVER (ORDER BY id)"),
          window(
              "last_value",
              1,
              1,
              u -> neighbour(u, "last_value"),
              "last_value(t) OVER (PARTITION BY f ORDER BY id)"),
          window(
              "nth_value",
              2,
              2,
              u -> neighbour(u, "nth_value"),
              "nth_value(t, 2) OVER (PARTITION BY f ORDER BY id)"),
          window(
              "first_value",
              1,
              1,
              u -> neighbour(u, "first_value"),
              "first_value(t) OVER (PARTITION BY f ORDER BY id)"));

  private WindowFunctions() {}

  private static Function window(
      String name, int least, int most, Function.Rendering rendering, String... examples) {
    return new Function(name, least, most, Function.Family.WINDOW, List.of(examples), rendering);
  }

  private static Typed numbered(Function.Use use, String function) throws RefusedException {
    return use.result(function + "()" + required(use), Kind.INTEGER);
  }

  private static Typed share(Function.Use use, String function) throws RefusedException {
    return use.result(function + "()" + required(use), Kind.REAL);
  }

  private static Typed ntile(Function.Use use) throws RefusedException {
    String sql = "ntile(" + plain(use, 0, 1) + ")" + required(use) + "::bigint";
    return use.result("(" + sql + ")", Kind.INTEGER);
  }

  private static Typed neighbour(Function.Use use, String function) throws RefusedException {
    Typed value = use.once(0);
    int least = function.equals("nth_value") ? 1 : 0;
    String which = use.count() > 1 ? ", " + plain(use, 1, least) : "";
    String sql = function + "(" + value.sql() + which + ")" + required(use);
    return Choices.as(sql, List.of(value), value.stability());
  }

  private static long plain(Function.Use use, int index, int least) throws RefusedException {
    if (use.arguments().get(index).literal() instanceof Literal.Whole whole
        && whole.value() >= least
        && whole.value() <= Integer.MAX_VALUE) {
      return whole.value();
    }
    throw use.refused("with a number that is not a plain one");
  }

  private static String required(Function.Use use) throws RefusedException {
    if (use.call().window() == null || use.call().filter() != null) {
      throw use.refused("without OVER or with FILTER");
    }
    return over(use);
  }

  /** Writes the window, if there is one. */
  static String over(Function.Use use) throws RefusedException {
    Expr.Window window = use.call().window();
    if (window == null) {
      return "";
    }
    if (use.call().distinct()) {
      throw use.refused("with DISTINCT over a window");
    }
    List<String> partition = new ArrayList<>();
    for (Expr expr : window.partition()) {
      partition.add(Orders.key(use.translator().translate(expr), expr.at()));
    }
    List<String> parts = new ArrayList<>();
    if (!partition.isEmpty()) {
      parts.add("PARTITION BY " + String.join(", ", partition));
    }
    if (!window.order().isEmpty()) {
      parts.add("ORDER BY " + Orders.written(window.order(), use.translator()));
    }
    return " OVER (" + String.join(" ", parts) + ")";
  }
}
