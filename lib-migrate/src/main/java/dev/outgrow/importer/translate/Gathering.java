package dev.outgrow.importer.translate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether a select gathers rows. */
final class Gathering {
  private Gathering() {}

  static boolean in(Query.Select select) {
    for (Query.Item item : select.items()) {
      if (in(item.expression())) {
        return true;
      }
    }
    return in(select.having());
  }

  private static boolean in(@Nullable Expr expr) {
    if (expr == null) {
      return false;
    }
    if (expr instanceof Expr.Call call && call.window() == null && isAggregate(call)) {
      return true;
    }
    return parts(expr).stream().anyMatch(Gathering::in);
  }

  private static boolean isAggregate(Expr.Call call) {
    try {
      return FunctionTable.find(call).family() == Function.Family.AGGREGATE;
    } catch (RefusedException e) {
      return false; // it will be refused where it is written
    }
  }

  /** Returns what an expression is made of, but for queries, which gather for themselves. */
  private static List<Expr> parts(Expr expr) {
    List<Expr> parts = new ArrayList<>();
    if (expr instanceof Expr.Unary unary) {
      parts.add(unary.operand());
    } else if (expr instanceof Expr.Binary binary) {
      parts.addAll(List.of(binary.left(), binary.right()));
    } else if (expr instanceof Expr.IsNull isNull) {
      parts.add(isNull.operand());
    } else if (expr instanceof Expr.Like like) {
      parts.addAll(List.of(like.text(), like.pattern()));
    } else if (expr instanceof Expr.Between between) {
      parts.addAll(List.of(between.operand(), between.low(), between.high()));
    } else if (expr instanceof Expr.InList in) {
      parts.add(in.operand());
      parts.addAll(in.list());
    } else if (expr instanceof Expr.InQuery in) {
      parts.add(in.operand());
    } else if (expr instanceof Expr.Collate collate) {
      parts.add(collate.operand());
    } else if (expr instanceof Expr.Cast cast) {
      parts.add(cast.operand());
    } else if (expr instanceof Expr.Call call) {
      parts.addAll(call.arguments());
      Expr.Window window = call.window();
      if (window != null) {
        parts.addAll(window.partition());
        window.order().forEach(o -> parts.add(o.expression()));
      }
    } else if (expr instanceof Expr.Case cases) {
      addCase(cases, parts);
    }
    return parts;
  }

  private static void addCase(Expr.Case cases, List<Expr> parts) {
    Expr base = cases.base();
    Expr otherwise = cases.otherwise();
    if (base != null) {
      parts.add(base);
    }
    for (Expr.Case.Arm arm : cases.arms()) {
      parts.addAll(List.of(arm.when(), arm.then()));
    }
    if (otherwise != null) {
      parts.add(otherwise);
    }
  }
}
