package dev.outgrow.importer.translate;

import dev.outgrow.sql.sqlite.Affinity;

/** {@code CAST}. */
final class Casts {
  private static final String BLANKS = "[ \\t\\n\\v\\f\\r]*";

  private Casts() {}

  static Typed cast(Typed operand, String type, int at) throws RefusedException {
    Affinity affinity = Affinity.of(type);
    Typed cast =
        switch (affinity) {
          case INTEGER -> integer(operand, at);
          case TEXT -> Values.textOf(operand, at);
          case REAL -> real(operand, at);
          case NUMERIC -> numeric(operand, at);
          case BLOB -> bytes(operand, at);
        };
    // The collation of a column stays through a cast; that a text is JSON is forgotten.
    Typed.Form form = cast.isMadeJson() ? Typed.Form.ANY : cast.form();
    return cast.withForm(form)
        .withAffinity(affinity)
        .withCollation(operand.collation(), operand.explicit());
  }

  private static Typed integer(Typed operand, int at) throws RefusedException {
    return switch (operand.kind()) {
      case REAL -> Values.truncated(operand, at);
      case JSON -> JsonValues.integer(operand, at);
      case TEXT -> leadingInteger(operand);
      default -> Values.integer(operand, at);
    };
  }

  /** Takes the digits a text begins with, brought into 64 bits as SQLite does; none are 0. */
  private static Typed leadingInteger(Typed text) {
    if (text.form() == Typed.Form.DIGITS) {
      return text.withSql(text.sql() + "::bigint", Kind.INTEGER);
    }
    String digits =
        "substring(" + text.sql() + " COLLATE \"C\" from E'^" + BLANKS + "([+-]?0*[0-9]{1,30})')";
    String sql =
        "CASE WHEN %1$s IS NULL THEN NULL ELSE greatest(least(coalesce(%2$s, '0')::numeric, %3$s), %4$s)::bigint END"
            .formatted(text.sql(), digits, Long.MAX_VALUE, Long.MIN_VALUE);
    return text.withSql("(" + sql + ")", Kind.INTEGER);
  }

  private static Typed real(Typed operand, int at) throws RefusedException {
    if (operand.form() == Typed.Form.DIGITS) {
      return operand.withSql(operand.sql() + "::double precision", Kind.REAL);
    }
    return Values.realOf(operand, at);
  }

  private static Typed numeric(Typed operand, int at) throws RefusedException {
    return operand.form() == Typed.Form.DIGITS
        ? leadingInteger(operand)
        : Values.integer(operand, at);
  }

  private static Typed bytes(Typed operand, int at) throws RefusedException {
    if (operand.kind() == Kind.BLOB || operand.isNull()) {
      return operand;
    }
    if (operand.kind() != Kind.TEXT) {
      throw new RefusedException("the bytes of a number", at);
    }
    return operand
        .withSql("convert_to(" + operand.sql() + ", 'UTF8')", Kind.BLOB)
        .withStability(operand.stability().and(Stability.STABLE));
  }
}
