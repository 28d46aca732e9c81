package dev.outgrow.importer.translate;

import static dev.outgrow.importer.translate.Function.scalar;

import java.util.ArrayList;
import java.util.List;

/** Functions of numbers, and random values. */
final class NumberFunctions {
  /** From here on a real number has no fraction. */
  private static final String WHOLE = "4503599627370496";

  private static final int BYTES_OF_A_DIGEST = 16;
  private static final int MOST_RANDOM_BYTES = 256;
  private static final String DIGEST = "md5(gen_random_uuid()::text)";

  static final List<Function> ALL =
      List.of(
          scalar("abs", 1, 1, NumberFunctions::abs, "abs(i)", "abs(r)"),
          scalar("sign", 1, 1, NumberFunctions::sign, "sign(i)", "sign(r)"),
          scalar("round", 1, 1, NumberFunctions::round, "round(r)", "round(i)"),
          scalar("ceil", 1, 1, u -> whole(u, "ceil"), "ceil(r)", "ceil(i)"),
          scalar("ceiling", 1, 1, u -> whole(u, "ceil"), "ceiling(r)"),
          scalar("floor", 1, 1, u -> whole(u, "floor"), "floor(r)", "floor(i)"),
          scalar("trunc", 1, 1, u -> whole(u, "trunc"), "trunc(r)", "trunc(i)"),
          scalar("sqrt", 1, 1, NumberFunctions::root, "sqrt(r)", "sqrt(i)"),
          scalar("pi", 0, 0, u -> Values.real(Math.PI), "pi()"),
          scalar("degrees", 1, 1, u -> scaled(u, 180 / Math.PI), "degrees(r)"),
          scalar("radians", 1, 1, u -> scaled(u, Math.PI / 180), "radians(r)"),
          scalar("random", 0, 0, NumberFunctions::random, "random()"),
          scalar("randomblob", 1, 1, NumberFunctions::randomBytes, "randomblob(16)"));

  private NumberFunctions() {}

  private static Typed abs(Function.Use use) throws RefusedException {
    Typed value = use.once(0);
    Typed number = value.kind() == Kind.REAL ? value : Values.integer(value, use.at());
    return use.result("abs(" + number.sql() + ")", number.kind());
  }

  private static Typed sign(Function.Use use) throws RefusedException {
    Typed real = Values.realOf(use.once(0), use.at());
    return use.result("sign(" + real.sql() + ")::bigint", Kind.INTEGER);
  }

  /** SQLite adds a half and cuts; PostgreSQL rounds a half to the even neighbour. */
  private static Typed round(Function.Use use) throws RefusedException {
    Typed value = use.argument(0);
    if (value.kind() != Kind.REAL) {
      return use.result(Values.realOf(value, use.at()).sql(), Kind.REAL);
    }
    String sql =
        "(CASE WHEN abs(%1$s) < %2$s THEN trunc(%1$s + sign(%1$s) * 0.5::double precision) ELSE %1$s END)"
            .formatted(value.sql(), WHOLE);
    return use.result(sql, Kind.REAL);
  }

  private static Typed whole(Function.Use use, String function) throws RefusedException {
    Typed value = use.once(0);
    return value.kind() == Kind.REAL
        ? use.result(function + "(" + value.sql() + ")", Kind.REAL)
        : use.result(Values.integer(value, use.at()).sql(), Kind.INTEGER);
  }

  private static Typed root(Function.Use use) throws RefusedException {
    String real = Values.realOf(use.argument(0), use.at()).sql();
    return use.result("(CASE WHEN " + real + " >= 0 THEN sqrt(" + real + ") END)", Kind.REAL);
  }

  private static Typed scaled(Function.Use use, double by) throws RefusedException {
    String real = Values.realOf(use.once(0), use.at()).sql();
    return use.result("(" + real + " * " + Values.real(by).sql() + ")", Kind.REAL);
  }

  private static Typed random(Function.Use use) {
    String sql = "('x' || left(" + DIGEST + ", 16))::bit(64)::bigint";
    return use.result(sql, Kind.INTEGER).withStability(Stability.VOLATILE);
  }

  private static Typed randomBytes(Function.Use use) throws RefusedException {
    if (!(use.argument(0).literal() instanceof Literal.Whole count)
        || count.value() < 1
        || count.value() > MOST_RANDOM_BYTES) {
      throw use.refused("of more than " + MOST_RANDOM_BYTES + " bytes, or of none");
    }
    int bytes = (int) count.value();
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < bytes; i += BYTES_OF_A_DIGEST) {
      digests.add(DIGEST);
    }
    String digits = "left(" + String.join(" || ", digests) + ", " + 2 * bytes + ")";
    return use.result("decode(" + digits + ", 'hex')", Kind.BLOB).withStability(Stability.VOLATILE);
  }
}
