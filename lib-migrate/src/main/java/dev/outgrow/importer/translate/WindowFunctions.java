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
          window("lag", 1, 1, u -> neighbour(u, "lag"), "lag(t) OVER (ORDER BY i, id)"),
          window("lead", 1, 1, u -> neighbour(u, "lead"), "lead(i) OVER (ORDER BY id)"),
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

  private static Typed neighbour(Function.Use use, String function) throws RefusedException {
    Typed value = use.once(0);
    String sql = function + "(" + value.sql() + ")" + required(use);
    return Choices.as(sql, List.of(value), value.stability());
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
