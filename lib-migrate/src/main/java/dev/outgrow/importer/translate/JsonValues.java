package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;

/**
 * Values that JSON holds. Which type one has in SQLite is only known when it is there; here it is
 * the text of the JSON, without blanks, and NULL for JSON's own null.
 *
 * <p>Where SQLite takes the first of two equal names in an object, PostgreSQL takes the last; so a
 * text with a name twice is an error, as is what is JSON to SQLite alone.
 */
final class JsonValues {
  private static final String NOT_JSON = "No JSON, or a name twice: ";
  private static final String STRINGS_OR_BLANKS =
      "(\"(?:[^\"\\\\]|\\\\.)*\")|[ \\t\\n\\r]+"; // a string is kept whole
  private static final long SMALL = 1L << 53;

  private JsonValues() {}

  /** Returns an argument as {@code json}; what is none is an error, as it is in SQLite. */
  static String document(Typed value, int at) throws RefusedException {
    Values.repeatable(value, at);
    if (value.form() == Typed.Form.UNIQUE_JSON) {
      return value.sql() + "::json";
    }
    boolean json = value.type().equals("json");
    String text = json ? value.sql() + "::text" : Values.textOf(value, at).sql();
    return "(CASE WHEN %1$s IS JSON WITH UNIQUE KEYS THEN %1$s ELSE %2$s || %1$s END)::json"
        .formatted(text, Dialect.POSTGRESQL.literal(NOT_JSON));
  }

  /** Returns the text of a {@code json} without the blanks between its parts. */
  static String minified(String json) {
    return "regexp_replace(("
        + json
        + ")::text, "
        + Dialect.POSTGRESQL.literal(STRINGS_OR_BLANKS)
        + ", '\\1', 'g')";
  }

  /** Returns an element of a {@code json} as a value. */
  static String value(String element) {
    return "nullif(" + minified(element) + ", 'null')";
  }

  /** Returns the text that SQLite makes of a value; of a real number only where it is short. */
  static String text(String value) {
    return ("(CASE WHEN %1$s LIKE '\"%%' THEN %1$s::json #>> '{}' WHEN %1$s ~ '^[[{]' THEN %1$s"
            + " WHEN %1$s IN ('true', 'false') THEN (%1$s = 'true')::int::text"
            + " WHEN %1$s ~ '[.eE]' AND length(translate(split_part(lower(%1$s), 'e', 1), '-.', '')) <= 15"
            + " AND (abs(%1$s::numeric) BETWEEN 0.0001 AND 99999999999999 OR %1$s::numeric = 0)"
            + " THEN trim_scale(%1$s::numeric)::text || (CASE WHEN scale(trim_scale(%1$s::numeric)) = 0 THEN '.0' ELSE '' END)"
            + " ELSE %1$s::bigint::text END)")
        .formatted(value);
  }

  static String typeOf(String value) {
    return ("(CASE WHEN %1$s IS NULL THEN 'null' WHEN %1$s ~ '^[\"[{]' THEN 'text' WHEN %1$s ~ '^[tf]' THEN 'integer'"
            + " WHEN %1$s ~ '[.eE]' OR %1$s::numeric NOT BETWEEN %2$s AND %3$s THEN 'real' ELSE 'integer' END)")
        .formatted(value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** Returns what {@code CAST(… AS INTEGER)} makes of a value. */
  static Typed integer(Typed value, int at) throws RefusedException {
    Typed text = value.withSql("(" + value.sql() + "::json #>> '{}')", Kind.TEXT);
    Typed real = value.withSql(value.sql() + "::double precision", Kind.REAL);
    String sql =
        ("(CASE WHEN %1$s IS NULL THEN NULL WHEN %1$s LIKE '\"%%' THEN %2$s WHEN %1$s ~ '^[[{]' THEN 0 WHEN %1$s IN ('true', 'false') THEN"
                + " (%1$s = 'true')::int WHEN %1$s ~ '[.eE]' THEN %3$s"
                + " ELSE greatest(least(%1$s::numeric, %4$s), %5$s) END)::bigint")
            .formatted(
                value.sql(),
                Casts.cast(text, "INTEGER", at).sql(),
                Values.truncated(real, at).sql(),
                Long.MAX_VALUE,
                Long.MIN_VALUE);
    return value.withSql(sql, Kind.INTEGER);
  }

  /** Returns a value in a column of numbers; what is none, or is another one there, is an error. */
  static String stored(String value, String type) {
    return "(CASE "
        + value
        + " WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE "
        + value
        + "::"
        + type
        + " END)::"
        + type;
  }

  /** Returns a value of another kind as one of these. */
  static Typed of(Typed value, int at) throws RefusedException {
    if (value.kind() == Kind.JSON || value.isNull()) {
      return value;
    }
    if (value.kind() == Kind.TEXT) {
      return value
          .withSql("to_json(" + value.sql() + ")::text", Kind.JSON)
          .withStability(value.stability().and(Stability.STABLE));
    }
    return Values.textOf(value, at).withSql(Values.textOf(value, at).sql(), Kind.JSON);
  }

  /** Compares a value with a plain text or a plain number that no rounding reaches. */
  static Typed compared(Operator operator, Typed value, Typed literal, int at)
      throws RefusedException {
    if (literal.explicit() || value.explicit()) {
      throw new RefusedException("COLLATE on a value of JSON", at);
    }
    boolean identity = operator == Operator.IS || operator == Operator.IS_NOT;
    Operator by = identity ? Operator.EQUAL : operator;
    String sql =
        literal.literal() instanceof Literal.Text
            ? withText(by, value.sql(), literal.sql())
            : withNumber(by, value.sql(), number(literal, at));
    if (identity) {
      sql = (operator == Operator.IS ? "" : "NOT ") + "coalesce(" + sql + ", false)";
    }
    return Typed.of("(" + sql + ")", Kind.TRUTH, value.stability());
  }

  private static String number(Typed literal, int at) throws RefusedException {
    boolean small =
        literal.literal() instanceof Literal.Whole whole
            ? Math.abs((double) whole.value()) < SMALL
            : literal.literal() instanceof Literal.Real real && Math.abs(real.value()) < SMALL;
    if (!small) {
      throw new RefusedException("a value of JSON compared with something that is not plain", at);
    }
    return literal.sql();
  }

  /** Texts, arrays and objects come after every number. */
  private static String withNumber(Operator by, String value, String number) {
    boolean after = by == Operator.MORE || by == Operator.AT_LEAST || by == Operator.UNEQUAL;
    return "CASE WHEN %1$s IS NULL THEN NULL::boolean WHEN %1$s ~ '^[-0-9]' THEN %1$s::double precision %2$s %3$s WHEN %1$s ~ '^[tf]' THEN (%1$s = 'true')::int %2$s %3$s ELSE %4$s END"
        .formatted(value, by.symbol(), number, after);
  }

  private static String withText(Operator by, String value, String text) {
    boolean before = by == Operator.LESS || by == Operator.AT_MOST || by == Operator.UNEQUAL;
    return "CASE WHEN %1$s IS NULL THEN NULL::boolean WHEN %1$s ~ '^[-0-9tf]' THEN %4$s ELSE ((CASE WHEN %1$s LIKE '\"%%' THEN %1$s::json #>> '{}' ELSE %1$s END) COLLATE \"C\") %2$s %3$s END"
        .formatted(value, by.symbol(), text, before);
  }
}
