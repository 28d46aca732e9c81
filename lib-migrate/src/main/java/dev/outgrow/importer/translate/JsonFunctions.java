package dev.outgrow.importer.translate;

import static dev.outgrow.importer.translate.Function.scalar;

import dev.outgrow.sql.sqlite.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions of JSON that read or write it. What changes JSON has no equal: PostgreSQL does it with
 * {@code jsonb} alone, which keeps neither the order of names nor the spelling of numbers.
 */
final class JsonFunctions {
  private static final int MOST = 100;

  static final List<Function> ALL =
      List.of(
          scalar("json", 1, 1, JsonFunctions::json, "json(js)", "json(i)"),
          scalar(
              "json_valid",
              1,
              2,
              JsonFunctions::valid,
              "json_valid(t)",
              "json_valid(js)",
              "json_valid(u, 1)",
              "json_valid(i)"),
          scalar(
              "json_type",
              1,
              2,
              JsonFunctions::type,
              "json_type(js)",
              "json_type(js, '$.a')",
              "json_type(js, '$[0]')",
              "json_type(i)"),
          scalar(
              "json_array_length",
              1,
              2,
              JsonFunctions::length,
              "json_array_length(js)",
              "json_array_length(js, '$.a')"),
          scalar(
              "json_extract",
              2,
              MOST,
              JsonFunctions::extract,
              "CAST(json_extract(js, '$.a') AS INTEGER)",
              "json_extract(js, '$.a') || ''",
              "json_extract(js, '$.a', '$.b.c', '$[1]')",
              "json_extract(js, '$.b.c') = 'x'",
              "json_extract(js, '$.a') > 1",
              "json_extract(js, '$.a') BETWEEN 1 AND 'x'",
              "json_extract(js, '$.a') IN (1, 'x', 2.5)",
              "json_extract(js, '$[#-1]') IS NULL",
              "json_extract(js, '$.\"a b\"') IS NOT 'y'",
              "typeof(json_extract(js, '$.a'))",
              "ifnull(json_extract(js, '$.a'), 'none') = 'none'",
              "length(json_extract(js, '$'))"),
          scalar(
              "json_quote",
              1,
              1,
              JsonFunctions::quote,
              "json_quote(t)",
              "json_quote(i)",
              "json_quote(json(js))"),
          scalar(
              "json_array",
              0,
              MOST,
              JsonFunctions::array,
              "json_array(i, t, NULL, json(js))",
              "json_array()"),
          scalar(
              "json_object",
              0,
              MOST,
              JsonFunctions::object,
              "json_object('a', i, 'b\"c', t, 'd', json_array(j))",
              "json_object()"),
          new Function(
              "json_group_array",
              1,
              1,
              Function.Family.AGGREGATE,
              List.of("json_group_array(f)", "json_group_array(j) FILTER (WHERE j > 99)"),
              JsonFunctions::groupArray),
          new Function(
              "json_group_object",
              2,
              2,
              Function.Family.AGGREGATE,
              List.of("json_group_object(t, i) FILTER (WHERE id = 3)"),
              JsonFunctions::groupObject));

  private JsonFunctions() {}

  /** Translates {@code ->}, which answers JSON, or {@code ->>}, which answers its value. */
  static Typed arrow(Operator operator, Typed left, Typed right, int at) throws RefusedException {
    String element = JsonPath.arrow(JsonValues.document(left, at), right, at);
    return operator == Operator.JSON
        ? Typed.of(JsonValues.minified(element), Kind.TEXT, left.stability())
            .withForm(Typed.Form.UNIQUE_JSON)
        : Typed.of(JsonValues.value(element), Kind.JSON, left.stability());
  }

  private static Typed json(Function.Use use) throws RefusedException {
    String sql = JsonValues.minified(document(use));
    return use.result(sql, Kind.TEXT).withForm(Typed.Form.UNIQUE_JSON);
  }

  private static Typed written(Function.Use use, String sql) {
    return use.result(sql, Kind.TEXT).withForm(Typed.Form.JSON);
  }

  private static String document(Function.Use use) throws RefusedException {
    return JsonValues.document(use.arguments().get(0), use.at());
  }

  private static Typed valid(Function.Use use) throws RefusedException {
    boolean strict =
        use.count() == 1
            || (use.argument(1).literal() instanceof Literal.Whole flags && flags.value() == 1);
    if (!strict) {
      throw use.refused("with other flags than 1");
    }
    Typed value = use.arguments().get(0);
    String text = value.type().equals("json") ? value.sql() : use.text(0);
    return use.result("(" + text + " IS JSON)", Kind.TRUTH);
  }

  private static String element(Function.Use use, int path) throws RefusedException {
    return use.count() > path
        ? "(" + JsonPath.at(document(use), use.argument(path), use.at()) + ")"
        : document(use);
  }

  private static Typed type(Function.Use use) throws RefusedException {
    String sql =
        "(CASE json_typeof(%1$s) WHEN 'number' THEN (CASE WHEN %1$s::text ~ '[.eE]' THEN 'real' ELSE 'integer' END) WHEN 'string' THEN 'text' WHEN 'boolean' THEN %2$s ELSE json_typeof(%1$s) END)"
            .formatted(element(use, 1), JsonValues.minified(element(use, 1)));
    return use.result(sql, Kind.TEXT);
  }

  /** Anything but an array has the length 0, and nothing has none. */
  private static Typed length(Function.Use use) throws RefusedException {
    String sql =
        "(CASE json_typeof(%1$s) WHEN 'array' THEN json_array_length(%1$s) ELSE 0 * length(json_typeof(%1$s)) END)::bigint"
            .formatted(element(use, 1));
    return use.result(sql, Kind.INTEGER);
  }

  /** One path answers a value, several answer an array. */
  private static Typed extract(Function.Use use) throws RefusedException {
    if (use.count() == 2) {
      return use.result(JsonValues.value(element(use, 1)), Kind.JSON);
    }
    List<String> elements = new ArrayList<>();
    for (int i = 1; i < use.count(); i++) {
      elements.add("coalesce(" + JsonValues.minified(element(use, i)) + ", 'null')");
    }
    String array = "'[' || " + String.join(" || ',' || ", elements) + " || ']'";
    return written(use, "(CASE WHEN " + document(use) + " IS NOT NULL THEN " + array + " END)");
  }

  private static Typed quote(Function.Use use) throws RefusedException {
    return written(use, part(use, 0)).withStability(stability(use));
  }

  private static Typed array(Function.Use use) throws RefusedException {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < use.count(); i++) {
      parts.add(part(use, i));
    }
    return written(use, joined("[", parts, "]")).withStability(stability(use));
  }

  private static Typed object(Function.Use use) throws RefusedException {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i + 1 < use.count(); i += 2) {
      if (!(use.argument(i).literal() instanceof Literal.Text)) {
        throw use.refused("with a name that is not a plain text");
      }
      parts.add("to_json(" + use.text(i) + ")::text || ':' || " + part(use, i + 1));
    }
    if (use.count() % 2 != 0) {
      throw use.refused("with a name that has no value");
    }
    return written(use, joined("{", parts, "}")).withStability(stability(use));
  }

  private static String joined(String open, List<String> parts, String close) {
    String between = String.join(" || ',' || ", parts);
    return parts.isEmpty()
        ? "'" + open + close + "'::text"
        : "('" + open + "' || " + between + " || '" + close + "')";
  }

  /** What PostgreSQL makes JSON of text with is stable to it, whatever the text. */
  private static Stability stability(Function.Use use) {
    return use.result("", Kind.NULL).stability().and(Stability.STABLE);
  }

  /**
   * Writes a value as JSON. What is JSON already goes in as it is, and is known as such only where
   * a function has just made it; anything else a text has gone through is refused.
   */
  private static String part(Function.Use use, int index) throws RefusedException {
    Typed value = Values.repeatable(use.arguments().get(index), use.at());
    if (value.isNull()) {
      return "'null'";
    }
    if (value.isMadeJson()) {
      return "coalesce(" + value.sql() + ", 'null')";
    }
    if (value.kind() == Kind.JSON) {
      throw use.refused("of a value of JSON");
    }
    if (value.kind() == Kind.TEXT) {
      Expr expr = use.call().arguments().get(index);
      boolean stored = expr instanceof Expr.Name && value.affinity() != Affinity.BLOB;
      if (!stored && value.literal() == null) {
        throw use.refused("of a computed text, which may be JSON or not");
      }
      return "coalesce(to_json(" + value.sql() + ")::text, 'null')";
    }
    return "coalesce(" + use.text(index) + ", 'null')";
  }

  private static Typed groupArray(Function.Use use) throws RefusedException {
    return gathered(use, "[", part(use, 0), "]");
  }

  /** A row without a name is left out on both sides. */
  private static Typed groupObject(Function.Use use) throws RefusedException {
    return gathered(use, "{", "to_json(" + use.text(0) + ")::text || ':' || " + part(use, 1), "}");
  }

  private static Typed gathered(Function.Use use, String open, String part, String close)
      throws RefusedException {
    if (use.call().distinct()) {
      throw use.refused("with DISTINCT");
    }
    String all = AggregateFunctions.gathered(use, "string_agg", part + ", ','");
    String sql = "('" + open + "' || coalesce(" + all + ", '') || '" + close + "')";
    return written(use, sql).withStability(stability(use));
  }
}
