package dev.outgrow.importer.translate;

import static dev.outgrow.importer.translate.Function.scalar;

import java.util.List;

/** Functions of texts and bytes. Only A to Z have another case, as in SQLite. */
final class TextFunctions {
  static final List<Function> ALL =
      List.of(
          scalar("length", 1, 1, TextFunctions::length, "length(t)", "length(i)", "length(b)"),
          scalar("octet_length", 1, 1, TextFunctions::octets, "octet_length(t)", "octet_length(b)"),
          scalar("lower", 1, 1, u -> cased(u, "lower"), "lower(t)", "lower(i)"),
          scalar("upper", 1, 1, u -> cased(u, "upper"), "upper(t)", "upper(i)"),
          scalar("trim", 1, 2, u -> trimmed(u, "btrim"), "trim(t)", "trim(t, u)", "trim(t, 'aA ')"),
          scalar("ltrim", 1, 2, u -> trimmed(u, "ltrim"), "ltrim(t)", "ltrim(t, u)"),
          scalar("rtrim", 1, 2, u -> trimmed(u, "rtrim"), "rtrim(t)", "rtrim(t, u)"),
          scalar(
              "replace", 3, 3, TextFunctions::replace, "replace(t, u, 'x')", "replace(t, 'a', u)"),
          scalar("instr", 2, 2, TextFunctions::instr, "instr(t, u)", "instr(t, 'b')"),
          scalar(
              "substr",
              2,
              3,
              Substring::of,
              "substr(t, 2)",
              "substr(t, 2, 3)",
              "substr(t, -2)",
              "substr(t, -3, 2)",
              "substr(t, 0, 2)",
              "substr(t, 3, -2)",
              "substr(t, -1, -2)",
              "substr(t, instr(t, 'b') + 1)",
              "substr(t, 1, instr(t, 'b') - 1)"),
          scalar("substring", 2, 3, Substring::of, "substring(t, 2, 3)"),
          scalar("hex", 1, 1, TextFunctions::hex, "hex(b)", "hex(t)", "hex(i)"),
          scalar("unhex", 1, 1, TextFunctions::unhex, "unhex(t)", "unhex(hex(t))"),
          scalar("quote", 1, 1, TextFunctions::quote, "quote(t)", "quote(i)", "quote(b)"),
          scalar("zeroblob", 1, 1, TextFunctions::zeros, "zeroblob(3)"),
          scalar("like", 2, 3, u -> likeness(u, "LIKE"), "like('a%', t)", "like('%!%', t, '!')"),
          scalar("glob", 2, 2, u -> likeness(u, "GLOB"), "glob('[a-c]*', t)"),
          scalar("unicode", 1, 1, TextFunctions::unicode, "unicode(t)"),
          scalar("char", 1, 100, TextFunctions::characters, "t || char(10, 0x1F600)"),
          scalar("concat", 1, 100, TextFunctions::concat, "concat(t, u, i)"),
          scalar(
              "concat_ws",
              2,
              100,
              TextFunctions::joined,
              "concat_ws(', ', t, u, i)",
              "concat_ws(t, u, i, NULL, '')",
              "concat_ws('', NULL, t)"),
          scalar("printf", 1, 100, Formatted::of, "printf('%s-%d', t, i)", "printf('%05d%%', i)"),
          scalar("format", 1, 100, Formatted::of, "format('%02d:%s', i, u)"));

  private static final int MOST_ZEROS = 1_000_000;

  private TextFunctions() {}

  private static Typed length(Function.Use use) throws RefusedException {
    if (use.arguments().get(0).kind() == Kind.BLOB) {
      return use.result("octet_length(" + use.argument(0).sql() + ")::bigint", Kind.INTEGER);
    }
    return use.result("char_length(" + use.text(0) + ")::bigint", Kind.INTEGER);
  }

  private static Typed octets(Function.Use use) throws RefusedException {
    Typed argument = use.argument(0);
    String sql = argument.kind() == Kind.BLOB ? argument.sql() : use.text(0);
    return use.result("octet_length(" + sql + ")::bigint", Kind.INTEGER);
  }

  private static Typed cased(Function.Use use, String function) throws RefusedException {
    boolean json = use.arguments().get(0).kind() == Kind.JSON;
    String text = json ? use.text(0) : Values.textOf(use.once(0), use.at()).sql();
    return use.result(function + "(" + text + " COLLATE \"C\")", Kind.TEXT);
  }

  private static Typed trimmed(Function.Use use, String function) throws RefusedException {
    String characters = use.count() == 2 ? ", " + use.text(1) : "";
    return use.result(function + "(" + use.text(0) + characters + ")", Kind.TEXT);
  }

  /** Where nothing is to be replaced, SQLite does not look at what it would be replaced by. */
  private static Typed replace(Function.Use use) throws RefusedException {
    String text = use.text(0);
    String sought = use.text(1);
    String sql = "replace(" + text + " COLLATE \"C\", " + sought + ", " + use.text(2) + ")";
    if (use.argument(2).literal() instanceof Literal.Text) {
      return use.result(sql, Kind.TEXT);
    }
    return use.result(
        "(CASE WHEN " + sought + " = '' THEN " + text + " ELSE " + sql + " END)", Kind.TEXT);
  }

  private static Typed instr(Function.Use use) throws RefusedException {
    String sql = "strpos(" + use.text(0) + " COLLATE \"C\", " + use.text(1) + ")::bigint";
    return use.result(sql, Kind.INTEGER);
  }

  private static Typed hex(Function.Use use) throws RefusedException {
    Typed bytes = use.once(0);
    if (bytes.kind() == Kind.BLOB) {
      return use.result("coalesce(upper(encode(" + bytes.sql() + ", 'hex')), '')", Kind.TEXT);
    }
    String sql = "coalesce(upper(encode(convert_to(" + use.text(0) + ", 'UTF8'), 'hex')), '')";
    Typed hex = use.result(sql, Kind.TEXT);
    return hex.withStability(hex.stability().and(Stability.STABLE));
  }

  private static Typed unhex(Function.Use use) throws RefusedException {
    String text = use.text(0);
    String sql =
        "(CASE WHEN %1$s COLLATE \"C\" ~ '^([0-9A-Fa-f]{2})*$' THEN decode(%1$s, 'hex') END)"
            .formatted(text);
    return use.result(sql, Kind.BLOB);
  }

  private static Typed quote(Function.Use use) throws RefusedException {
    Typed value = use.argument(0);
    String quoted =
        switch (value.kind()) {
          case BLOB -> "'X''' || upper(encode(" + value.sql() + ", 'hex')) || ''''";
          case TEXT -> "'''' || replace(" + value.sql() + ", '''', '''''') || ''''";
          default -> use.text(0);
        };
    return use.result("coalesce(" + quoted + ", 'NULL')", Kind.TEXT);
  }

  private static Typed unicode(Function.Use use) throws RefusedException {
    return use.result("nullif(ascii(" + use.text(0) + "), 0)::bigint", Kind.INTEGER);
  }

  private static Typed characters(Function.Use use) throws RefusedException {
    StringBuilder text = new StringBuilder();
    for (Typed argument : use.arguments()) {
      if (!(argument.literal() instanceof Literal.Whole code)
          || !Character.isValidCodePoint((int) code.value())
          || code.value() != (int) code.value()) {
        throw use.refused("of something else than plain numbers of characters");
      }
      text.appendCodePoint((int) code.value());
    }
    return Values.text(text.toString(), use.at());
  }

  private static Typed zeros(Function.Use use) throws RefusedException {
    if (!(use.argument(0).literal() instanceof Literal.Whole count) || count.value() > MOST_ZEROS) {
      throw use.refused("of more than " + MOST_ZEROS + " bytes");
    }
    String sql = "decode(repeat('00', " + Math.max(0, count.value()) + "), 'hex')";
    return use.result(sql, Kind.BLOB);
  }

  /** The pattern comes first. */
  private static Typed likeness(Function.Use use, String operator) throws RefusedException {
    List<Expr> given = use.call().arguments();
    Expr escape = given.size() > 2 ? given.get(2) : null;
    Expr.Like like = new Expr.Like(operator, given.get(1), given.get(0), escape, false, use.at());
    return Likeness.of(use.translator(), like);
  }

  /** What is NULL is left out, and no separator stands for it. */
  private static Typed joined(Function.Use use) throws RefusedException {
    String separator = use.text(0);
    StringBuilder sql = new StringBuilder("substr(");
    for (int i = 1; i < use.count(); i++) {
      sql.append(i == 1 ? "" : " || ");
      sql.append("coalesce(").append(separator).append(" || ").append(use.text(i)).append(", '')");
    }
    sql.append(", char_length(").append(separator).append(") + 1)");
    return use.result(sql.toString(), Kind.TEXT);
  }

  private static Typed concat(Function.Use use) throws RefusedException {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < use.count(); i++) {
      sql.append(i == 0 ? "(" : " || ").append("coalesce(").append(use.text(i)).append(", '')");
    }
    return use.result(sql.append(")").toString(), Kind.TEXT);
  }
}
