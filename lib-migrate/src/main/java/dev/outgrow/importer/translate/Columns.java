package dev.outgrow.importer.translate;

import dev.outgrow.schema.Identifier;
import dev.outgrow.sql.Dialect;
import dev.outgrow.sql.sqlite.Affinity;

/** What is known of a column's values. */
final class Columns {
  private Columns() {}

  /** Returns a column, with an alias and a point before it where one is given. */
  static Typed typed(Scope.Column column, String prefix) {
    return of(column, prefix + Dialect.POSTGRESQL.quote(column.target()));
  }

  /** Returns a column, of which some other SQL has the values. */
  static Typed of(Scope.Column column, String value) {
    String type = Identifier.folded(column.type());
    Affinity affinity = Affinity.of(column.declared());
    Kind kind = kind(column, type, affinity);
    String sql = value + widening(type, kind);
    String known =
        kind == Kind.NUMBER || !kind.isKnown() || kind == Kind.MOMENT ? type : kind.type();
    return new Typed(
        sql,
        kind,
        known,
        affinity,
        Ascii.upper(column.collation()),
        false,
        Stability.IMMUTABLE,
        null,
        Typed.Form.ANY);
  }

  private static Kind kind(Scope.Column column, String type, Affinity affinity) {
    boolean uniform = column.uniform();
    Kind kind =
        switch (type) {
          case "bigint", "integer", "smallint" -> Kind.INTEGER;
          case "double precision" -> affinity == Affinity.REAL && uniform ? Kind.REAL : Kind.NUMBER;
          case "numeric" -> Kind.NUMBER;
          case "text" -> Kind.TEXT;
          case "bytea" -> Kind.BLOB;
          case "boolean" -> Kind.TRUTH;
          case "date", "timestamp" -> Kind.MOMENT;
          default -> type.startsWith("character varying") ? Kind.TEXT : Kind.OTHER;
        };
    if (column.mixed() && affinity.isNumeric() && kind == Kind.TEXT) {
      return Kind.MIXED;
    }
    return uniform || kind == Kind.NUMBER ? kind : Kind.OTHER;
  }

  private static String widening(String type, Kind kind) {
    boolean narrow =
        !type.equals(kind.type())
            && (kind == Kind.INTEGER || kind == Kind.TEXT || kind == Kind.MIXED);
    return narrow ? "::" + kind.type() : "";
  }
}
