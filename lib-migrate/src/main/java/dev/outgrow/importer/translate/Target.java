package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import java.util.Set;

/** Brings a value into a column as SQLite would store it there. */
final class Target {
  private static final Set<String> NUMBERS = Set.of("bigint", "double precision", "numeric");

  private Target() {}

  static Translation sql(Typed value, String targetType, int at) throws RefusedException {
    String type = Identifier.folded(targetType);
    if (value.isNull()) {
      return new Translation.Sql("NULL", targetType);
    }
    return new Translation.Sql(stored(value, type, at), targetType);
  }

  static String stored(Typed value, String type, int at) throws RefusedException {
    if (value.kind() == Kind.JSON && NUMBERS.contains(type)) {
      return JsonValues.stored(value.sql(), type);
    }
    if (value.kind() == Kind.JSON && type.equals("boolean")) {
      return value.sql() + "::boolean"; // true, false, 1 or 0; an error for anything else
    }
    return switch (type) {
      case "bigint" -> whole(value, at);
      case "integer", "smallint" -> whole(value, at) + "::" + type;
      case "double precision" -> real(value, at);
      case "numeric" ->
          value.kind() == Kind.INTEGER ? value.sql() + "::numeric" : Values.exact(value, at).sql();
      case "text" -> Values.textOf(value, at).sql();
      case "json" -> madeJson(value, at).sql() + "::json";
      case "bytea" -> only(value, Kind.BLOB, at).sql();
      case "boolean" -> bool(value, at);
      case "date" -> formed(value, Typed.Form.DATE, at) + "::date";
      case "timestamp", "timestamp without time zone" -> local(value, at) + "::timestamp";
      case "timestamptz", "timestamp with time zone" -> zoned(value, at);
      default -> other(value, type, at);
    };
  }

  /** A text that is too long for its column stays as long: PostgreSQL then refuses the row. */
  private static String other(Typed value, String type, int at) throws RefusedException {
    if (isText(type)) {
      return Values.textOf(value, at).sql();
    }
    throw new RefusedException("a value for the type " + type, at);
  }

  static boolean isText(String type) {
    String folded = Identifier.folded(type);
    return folded.equals("text") || folded.startsWith("character varying");
  }

  private static String whole(Typed value, int at) throws RefusedException {
    return value.form() == Typed.Form.DIGITS
        ? value.sql() + "::bigint"
        : Values.integer(value, at).sql();
  }

  private static String real(Typed value, int at) throws RefusedException {
    return value.form() == Typed.Form.DIGITS
        ? value.sql() + "::double precision"
        : Values.realOf(value, at).sql();
  }

  private static String bool(Typed value, int at) throws RefusedException {
    if (value.literal() instanceof Literal.Whole whole
        && (whole.value() == 0 || whole.value() == 1)) {
      return String.valueOf(whole.value() == 1);
    }
    return only(value, Kind.TRUTH, at).sql();
  }

  private static Typed only(Typed value, Kind kind, int at) throws RefusedException {
    if (value.kind() != kind) {
      throw new RefusedException("a value of another type than the column's", at);
    }
    return value;
  }

  /** A zone that SQLite writes is UTC, as is every moment it writes without one. */
  private static String local(Typed value, int at) throws RefusedException {
    return value.form() == Typed.Form.DATE || value.form() == Typed.Form.ZONED
        ? value.sql()
        : formed(value, Typed.Form.DATE_TIME, at);
  }

  private static String zoned(Typed value, int at) throws RefusedException {
    return value.form() == Typed.Form.ZONED
        ? value.sql() + "::timestamp with time zone"
        : "(" + formed(value, Typed.Form.DATE_TIME, at) + "::timestamp AT TIME ZONE 'UTC')";
  }

  private static Typed madeJson(Typed value, int at) throws RefusedException {
    if (!value.isMadeJson()) {
      throw new RefusedException("a text for the type json", at);
    }
    return value;
  }

  private static String formed(Typed value, Typed.Form form, int at) throws RefusedException {
    if (value.form() != form) {
      throw new RefusedException("a value of another form than the column's", at);
    }
    return value.sql();
  }
}
