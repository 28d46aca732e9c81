package dev.outgrow.importer.translate;

import dev.outgrow.sql.Dialect;
import java.math.BigDecimal;

/** Writes plain values and turns expressions from one kind into another. */
final class Values {
  private static final double SMALLEST_LONG = -0x1p63;

  private Values() {}

  static Typed of(Literal literal, int at) throws RefusedException {
    if (literal instanceof Literal.Whole whole) {
      return whole(whole.value());
    }
    if (literal instanceof Literal.Real real) {
      return real(real.value());
    }
    if (literal instanceof Literal.Text text) {
      return text(text.value(), at);
    }
    if (literal instanceof Literal.Blob blob) {
      String sql = Dialect.POSTGRESQL.literal(blob.value());
      return Typed.literal(sql, Kind.BLOB, "bytea", literal);
    }
    return Typed.none();
  }

  /** Writes an integer as PostgreSQL would type it by itself: 32 bits where they are enough. */
  static Typed whole(long value) {
    String sql = value < 0 ? "(" + value + ")" : String.valueOf(value);
    if (value == Long.MIN_VALUE) {
      sql = "'" + value + "'::bigint";
    }
    String type = value == (int) value ? "integer" : "bigint";
    return Typed.literal(sql, Kind.INTEGER, type, new Literal.Whole(value));
  }

  static Typed real(double value) {
    String text = String.valueOf(value);
    boolean bare = Double.isFinite(value) && !text.startsWith("-");
    String sql = (bare ? text : "'" + text + "'") + "::double precision";
    return Typed.literal(sql, Kind.REAL, "double precision", new Literal.Real(value));
  }

  static Typed text(String value, int at) throws RefusedException {
    if (value.indexOf('\0') >= 0 || hasLoneSurrogate(value)) {
      throw new RefusedException("a text that PostgreSQL cannot hold", at);
    }
    String sql = Dialect.POSTGRESQL.literal(value) + "::text";
    return Typed.literal(sql, Kind.TEXT, "text", new Literal.Text(value));
  }

  private static boolean hasLoneSurrogate(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** Returns the condition that SQLite takes a value for. */
  static Typed truth(Typed value, int at) throws RefusedException {
    return switch (value.kind()) {
      case TRUTH -> value;
      case NULL -> value.withSql("NULL::boolean", Kind.TRUTH);
      case INTEGER, REAL, NUMBER -> value.withSql("(" + value.sql() + " <> 0)", Kind.TRUTH);
      default -> throw new RefusedException("a condition that is not a number", at);
    };
  }

  /** Returns the integer of 64 bits that a number or a condition is. */
  static Typed integer(Typed value, int at) throws RefusedException {
    if (value.kind() == Kind.TRUTH) {
      return value.withSql(value.sql() + "::int::bigint", Kind.INTEGER);
    }
    if (value.kind() == Kind.NULL) {
      return value.withSql("NULL::bigint", Kind.INTEGER);
    }
    if (value.kind() != Kind.INTEGER) {
      throw new RefusedException("an integer is needed here and nothing else", at);
    }
    return value.type().equals("bigint")
        ? value
        : value.withSql(value.sql() + "::bigint", Kind.INTEGER);
  }

  /** Returns an integer or a real number as a real one. */
  static Typed realOf(Typed value, int at) throws RefusedException {
    if (value.kind() == Kind.REAL) {
      return value;
    }
    Typed integer = integer(value, at);
    return integer.withSql(integer.sql() + "::double precision", Kind.REAL);
  }

  /**
   * Returns the text that SQLite writes for a value. Its text of a real number is not the one that
   * PostgreSQL writes, so that there is none.
   */
  static Typed textOf(Typed value, int at) throws RefusedException {
    return switch (value.kind()) {
      case TEXT -> value;
      case MIXED -> value.withSql(value.sql(), Kind.TEXT);
      case NULL -> value.withSql("NULL::text", Kind.TEXT);
      case INTEGER -> value.withSql(value.sql() + "::text", Kind.TEXT);
      case TRUTH -> value.withSql(value.sql() + "::int::text", Kind.TEXT);
      case JSON -> value.withSql(JsonValues.text(repeatable(value, at).sql()), Kind.TEXT);
      default -> throw new RefusedException("the text of something else than an integer", at);
    };
  }

  /** Returns a value that stands more than once in the SQL, which a random one cannot. */
  static Typed repeatable(Typed value, int at) throws RefusedException {
    if (value.stability() == Stability.VOLATILE) {
      throw new RefusedException("a random value in this place", at);
    }
    return value;
  }

  /** Returns a number as {@code numeric}, with its exact value. */
  static Typed exact(Typed value, int at) throws RefusedException {
    if (value.literal() instanceof Literal.Real real && Double.isFinite(real.value())) {
      String digits = new BigDecimal(real.value()).toPlainString();
      return value.withSql("'" + digits + "'::numeric", Kind.NUMBER);
    }
    if (value.kind() == Kind.NUMBER && value.type().equals("numeric")) {
      return value;
    }
    Typed integer = integer(value, at);
    return integer.withSql(integer.sql() + "::numeric", Kind.NUMBER);
  }

  /** Returns the integer that a real number is cut to, or that is nearest to it in 64 bits. */
  static Typed truncated(Typed real, int at) throws RefusedException {
    String x = repeatable(real, at).sql();
    String sql =
        "(CASE WHEN %1$s >= %2$s THEN %3$s WHEN %1$s <= %4$s THEN '%5$s'::bigint ELSE trunc(%1$s)::bigint END)"
            .formatted(
                x,
                real(-SMALLEST_LONG).sql(),
                Long.MAX_VALUE,
                real(SMALLEST_LONG).sql(),
                Long.MIN_VALUE);
    return real.withSql(sql, Kind.INTEGER);
  }
}
