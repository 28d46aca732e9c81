package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.BooleanText;
import dev.outgrow.importer.source.IsoText;
import dev.outgrow.importer.source.JsonText;
import dev.outgrow.importer.source.NumberSize;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.UuidText;
import dev.outgrow.importer.translate.Literal;
import dev.outgrow.sql.Dialect;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a plain default as PostgreSQL's SQL for a column's type, as SQLite would have stored it
 * there: a text that looks like a number becomes one in a column of numbers, a number becomes text
 * in a column of text.
 */
final class DefaultRule {
  /** A decimal number as SQLite reads one out of a text: ASCII digits, between ASCII spaces. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[ \\t\\n\\x0B\\f\\r]*([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \\t\\n\\x0B\\f\\r]*");

  private DefaultRule() {}

  /** Returns the SQL, or nothing where the column's type has no such value. */
  static Optional<String> sql(Literal literal, TargetType type) {
    return switch (type.base()) {
      case BIGINT ->
          number(literal).flatMap(DefaultRule::whole).map(d -> d.toBigInteger().toString());
      case NUMERIC -> number(literal).filter(d -> fits(d, type)).map(BigDecimal::toPlainString);
      case DOUBLE_PRECISION ->
          number(literal).map(d -> "'" + RealText.of(d.doubleValue()) + "'::double precision");
      case VARCHAR, TEXT ->
          text(literal).filter(t -> fits(t, type)).map(Dialect.POSTGRESQL::literal);
      case BYTEA -> bytes(literal).map(Dialect.POSTGRESQL::literal);
      case BOOLEAN -> truth(literal).map(Object::toString);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> typed(literal, type);
      case SMALLINT, INTEGER, REAL, JSONB -> Optional.empty(); // only by rule, see RuledDefaults
    };
  }

  private static boolean fits(BigDecimal number, TargetType type) {
    return type.length() == 0 || NumberSize.fits(number, type.length(), type.scale());
  }

  private static boolean fits(String text, TargetType type) {
    return type.length() == 0 || text.codePointCount(0, text.length()) <= type.length();
  }

  /** What SQLite takes for a number in such a column is one; any other text is read as it is. */
  private static Optional<Boolean> truth(Literal literal) {
    Optional<BigDecimal> number = number(literal);
    if (number.isPresent()) {
      return number
          .filter(d -> d.signum() == 0 || d.compareTo(BigDecimal.ONE) == 0)
          .map(d -> d.signum() > 0);
    }
    return literal instanceof Literal.Text text
        ? BooleanText.parse(text.value().getBytes(StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Only what a value of the column may look like is a default of it. */
  private static Optional<String> typed(Literal literal, TargetType type) {
    Optional<String> text =
        type.equals(TargetType.JSON) || literal instanceof Literal.Text
            ? text(literal)
            : Optional.empty();
    return text.filter(t -> isValue(t.getBytes(StandardCharsets.UTF_8), type))
        .map(t -> Dialect.POSTGRESQL.literal(t) + "::" + type.sql());
  }

  private static boolean isValue(byte[] text, TargetType type) {
    return switch (type.base()) {
      case UUID -> UuidText.letters(text) != UuidText.Letters.WRONG;
      case JSON -> JsonText.isJson(text);
      default -> IsoText.parse(text).filter(t -> isValue(t.form(), type)).isPresent();
    };
  }

  private static boolean isValue(IsoText.Form form, TargetType type) {
    return switch (form) {
      case DATE -> type.equals(TargetType.DATE) || type.equals(TargetType.TIMESTAMP);
      case TIME -> type.equals(TargetType.TIME);
      case LOCAL -> type.equals(TargetType.TIMESTAMP);
      case ZONED -> type.equals(TargetType.TIMESTAMPTZ);
    };
  }

  private static Optional<BigDecimal> number(Literal literal) {
    if (literal instanceof Literal.Whole whole) {
      return Optional.of(BigDecimal.valueOf(whole.value()));
    }
    if (literal instanceof Literal.Real real && Double.isFinite(real.value())) {
      return Optional.of(RealText.decimal(real.value()));
    }
    return literal instanceof Literal.Text text ? parsed(text.value()) : Optional.empty();
  }

  /**
   * What has more than 64 bits or a fraction, SQLite stores as a double; what it does not take for
   * a number, as text.
   */
  private static Optional<BigDecimal> parsed(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    String digits = number.group(1);
    try {
      return Optional.of(BigDecimal.valueOf(Long.parseLong(digits)));
    } catch (NumberFormatException e) {
      return Optional.of(Double.parseDouble(digits))
          .filter(Double::isFinite)
          .map(RealText::decimal);
    }
  }

  private static Optional<BigDecimal> whole(BigDecimal number) {
    return Optional.of(number).filter(d -> d.stripTrailingZeros().scale() <= 0 && fitsLong(d));
  }

  private static boolean fitsLong(BigDecimal number) {
    return number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
        && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  private static Optional<String> text(Literal literal) {
    if (literal instanceof Literal.Whole whole) {
      return Optional.of(Long.toString(whole.value()));
    }
    if (literal instanceof Literal.Real real) {
      return Optional.of(RealText.of(real.value()));
    }
    return literal instanceof Literal.Text text ? withoutNul(text.value()) : Optional.empty();
  }

  private static Optional<String> withoutNul(String text) {
    return Optional.of(text).filter(t -> t.indexOf('\0') < 0);
  }

  private static Optional<byte[]> bytes(Literal literal) {
    return literal instanceof Literal.Blob blob
        ? Optional.of(blob.value())
        : text(literal).map(t -> t.getBytes(StandardCharsets.UTF_8));
  }
}
