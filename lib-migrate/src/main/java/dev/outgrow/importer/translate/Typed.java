package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;
import org.jspecify.annotations.Nullable;

/**
 * SQL of PostgreSQL and what is known of its value. The SQL can stand anywhere: whatever is not one
 * word, one function or one cast is in brackets.
 *
 * @param sql the SQL
 * @param kind which values it has
 * @param type its type in PostgreSQL
 * @param affinity what SQLite would turn another value into to compare it with this one
 * @param collation SQLite's collation of it, or null
 * @param explicit whether the collation was asked for with {@code COLLATE}
 * @param stability how long it keeps its value
 * @param literal its value where it is a plain one, or null
 * @param form what its texts look like
 */
record Typed(
    String sql,
    Kind kind,
    String type,
    Affinity affinity,
    @Nullable String collation,
    boolean explicit,
    Stability stability,
    @Nullable Literal literal,
    Form form) {

  /** What texts look like. */
  enum Form {
    /** Like anything. */
    ANY,
    /** A decimal integer. */
    DIGITS,
    /** A day, {@code 2024-02-29}. */
    DATE,
    /** A day and a time of it, {@code 2024-02-29 23:59:59}. */
    DATE_TIME,
    /** A day and a time of it in UTC, which is said, {@code 2024-02-29T23:59:59.123Z}. */
    ZONED,
    /** JSON that a function of JSON has just made, and that another one takes for such. */
    JSON,
    /** The same, with each name in an object once. */
    UNIQUE_JSON
  }

  static Typed of(String sql, Kind kind, Stability stability) {
    return new Typed(sql, kind, kind.type(), Affinity.BLOB, null, false, stability, null, Form.ANY);
  }

  /** Returns NULL, typed where PostgreSQL has to be told. */
  static Typed none() {
    return literal("NULL", Kind.NULL, "text", new Literal.Null());
  }

  static Typed literal(String sql, Kind kind, String type, Literal literal) {
    return new Typed(
        sql, kind, type, Affinity.BLOB, null, false, Stability.IMMUTABLE, literal, Form.ANY);
  }

  Typed withSql(String other, Kind otherKind) {
    return new Typed(
        other,
        otherKind,
        otherKind.type(),
        affinity,
        collation,
        explicit,
        stability,
        null,
        Form.ANY);
  }

  Typed withAffinity(Affinity other) {
    return new Typed(sql, kind, type, other, collation, explicit, stability, literal, form);
  }

  Typed withCollation(@Nullable String other, boolean asked) {
    return new Typed(sql, kind, type, affinity, other, asked, stability, literal, form);
  }

  Typed withStability(Stability other) {
    return new Typed(sql, kind, type, affinity, collation, explicit, other, literal, form);
  }

  Typed withForm(Form other) {
    return new Typed(sql, kind, type, affinity, collation, explicit, stability, literal, other);
  }

  boolean isMadeJson() {
    return form == Form.JSON || form == Form.UNIQUE_JSON;
  }

  boolean isNull() {
    return kind == Kind.NULL;
  }
}
