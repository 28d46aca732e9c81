package dev.outgrow.exporter;

import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.sql.Dialect;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of a type leave PostgreSQL, and what SQLite's column is declared as where nobody
 * has declared it.
 *
 * <p><em>Immutable.</em>
 *
 * @param type the type they are sent as
 * @param expression what is sent, {@code %s} the quoted column
 * @param declared the declaration
 * @param why what becomes of values that SQLite has no like of; empty where they stay what they are
 */
record Sent(TargetType type, String expression, String declared, String why) {
  private static final String ITSELF = "%s";
  private static final String TEXT = "%s::text";
  private static final String RANGE =
      "CASE WHEN %s IS NULL THEN NULL ELSE pg_catalog.json_build_object('empty',"
          + " pg_catalog.isempty(%s), 'lower', pg_catalog.lower(%s), 'upper',"
          + " pg_catalog.upper(%s), 'bounds', (CASE WHEN pg_catalog.lower_inc(%s) THEN '[' ELSE '('"
          + " END) || (CASE WHEN pg_catalog.upper_inc(%s) THEN ']' ELSE ')' END))::text END";
  private static final Pattern LIMITS = Pattern.compile("\\((\\d+)(?:,(-?\\d+))?\\)");
  private static final int SAFE_DIGITS = 15;
  private static final Map<String, Sent> PLAIN =
      Map.ofEntries(
          plain("smallint", TargetType.SMALLINT, "INTEGER"),
          plain("integer", TargetType.INTEGER, "INTEGER"),
          plain("bigint", TargetType.BIGINT, "INTEGER"),
          plain("real", TargetType.REAL, "REAL"),
          plain("double precision", TargetType.DOUBLE_PRECISION, "DOUBLE PRECISION"),
          plain("boolean", TargetType.BOOLEAN, "BOOLEAN"),
          plain("text", TargetType.TEXT, "TEXT"),
          plain("bytea", TargetType.BYTEA, "BLOB"),
          plain("uuid", TargetType.UUID, "UUID"),
          plain("date", TargetType.DATE, "DATE"),
          plain("time without time zone", TargetType.TIME, "TIME"),
          plain("timestamp without time zone", TargetType.TIMESTAMP, "TIMESTAMP"),
          plain("timestamp with time zone", TargetType.TIMESTAMPTZ, "TIMESTAMPTZ"),
          plain("numeric", TargetType.NUMERIC, "NUMERIC"),
          Map.entry("json", new Sent(TargetType.TEXT, TEXT, "TEXT", "")),
          Map.entry("jsonb", new Sent(TargetType.TEXT, TEXT, "TEXT", "")));

  private static Map.Entry<String, Sent> plain(String name, TargetType type, String declared) {
    return Map.entry(name, new Sent(type, ITSELF, declared, ""));
  }

  /** Returns how a type's values are sent. */
  static Sent of(PgType type) {
    if (type.category().equals("A") || type.kind().equals("c")) {
      return new Sent(
          TargetType.TEXT,
          "pg_catalog.to_json(%s)::text",
          "TEXT",
          "its values are written as JSON");
    }
    if (type.kind().equals("r")) {
      return new Sent(TargetType.TEXT, RANGE, "TEXT", "its values are written as JSON");
    }
    if (type.kind().equals("e")) {
      return new Sent(TargetType.TEXT, TEXT, "TEXT", "its words are text; a check lists them");
    }
    return ofPlain(type.base());
  }

  private static Sent ofPlain(String base) {
    Matcher limits = LIMITS.matcher(base);
    String name = limits.replaceAll("");
    Sent plain = PLAIN.get(name);
    if (name.equals("character varying")) {
      String limit = base.substring(name.length());
      return new Sent(TargetType.TEXT, ITSELF, limit.isEmpty() ? "TEXT" : "VARCHAR" + limit, "");
    }
    if (name.equals("numeric") && limits.reset().find()) {
      return new Sent(TargetType.NUMERIC, ITSELF, "DECIMAL" + limits.group(), "");
    }
    return plain == null
        ? new Sent(TargetType.TEXT, TEXT, "TEXT", "its values are written as text")
        : plain;
  }

  /** Returns whether a number may have more digits than a double keeps. */
  static boolean mayBeInexact(PgType type) {
    Matcher limits = LIMITS.matcher(type.base());
    boolean numeric = type.base().startsWith("numeric");
    return numeric && !(limits.find() && Integer.parseInt(limits.group(1)) <= SAFE_DIGITS);
  }

  /** Returns what is sent of a column. */
  String sql(String column) {
    return expression.replace("%s", Dialect.POSTGRESQL.quote(column));
  }
}
