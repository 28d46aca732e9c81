package dev.outgrow.importer.random;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what PostgreSQL prints of a type is what SQLite holds, by the rules of the guide. */
final class ValueRule {
  private static final Set<String> YES = Set.of("true", "t", "yes", "y", "on", "1");
  private static final Set<String> NO = Set.of("false", "f", "no", "n", "off", "0");

  private ValueRule() {}

  static boolean matches(String type, Cell cell, @Nullable String printed) {
    if (printed == null || cell.kind().equals("null")) {
      return printed == null && cell.kind().equals("null");
    }
    String base = type.replaceAll("\\(.*?\\)", "");
    return switch (base) {
      case "bigint" -> cell.kind().equals("integer") && printed.equals("" + cell.integer());
      case "double precision" -> cell.kind().equals("real") && isReal(cell, printed);
      case "numeric" -> isNumber(cell, printed);
      case "text", "character varying" -> isText(cell, printed);
      case "bytea" -> isBytes(cell, printed);
      case "boolean" -> isTruth(cell, printed);
      case "uuid" -> printed.equalsIgnoreCase(cell.text());
      case "json" -> isText(cell, printed);
      default -> cell.text() != null && isTime(base, cell.text(), printed);
    };
  }

  private static boolean isReal(Cell cell, String printed) {
    try {
      double value = Double.parseDouble(printed.replaceFirst("inf$", "Infinity"));
      return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(cell.real());
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isNumber(Cell cell, String printed) {
    if (printed.endsWith("Infinity")) {
      return cell.kind().equals("real") && Double.parseDouble(printed) == cell.real();
    }
    BigDecimal number = new BigDecimal(printed);
    return switch (cell.kind()) {
      case "integer" -> number.compareTo(BigDecimal.valueOf(cell.integer())) == 0;
      case "real" ->
          number.doubleValue() == cell.real() && number.stripTrailingZeros().precision() <= 17;
      default -> false;
    };
  }

  private static boolean isText(Cell cell, String printed) {
    return switch (cell.kind()) {
      case "integer" -> printed.equals("" + cell.integer());
      case "real" -> isReal(cell, printed) && !printed.matches("-?[0-9]+");
      default -> printed.equals(cell.text());
    };
  }

  private static boolean isBytes(Cell cell, String printed) {
    String hex = printed.substring(2);
    return switch (cell.kind()) {
      case "text", "blob" -> hex.equals(cell.hex());
      default -> isText(cell, new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII));
    };
  }

  private static boolean isTruth(Cell cell, String printed) {
    String text = cell.text();
    String word = text == null ? "" + cell.integer() : text.toLowerCase(Locale.ROOT);
    return cell.kind().matches("integer|text")
        && (printed.equals("true") ? YES : NO).contains(word);
  }

  private static boolean isTime(String type, String text, String printed) {
    String iso = text.replace(' ', 'T').replaceFirst("(T\\d\\d:\\d\\d)(?!:)", "$1:00");
    String other = printed.replace(' ', 'T');
    try {
      return switch (type) {
        case "date" -> LocalDate.parse(text).equals(LocalDate.parse(printed));
        case "time without time zone" -> LocalTime.parse(text).equals(LocalTime.parse(printed));
        case "timestamp without time zone" -> local(iso).equals(local(other));
        case "timestamp with time zone" ->
            zoned(iso).toInstant().equals(OffsetDateTime.parse(other).toInstant());
        default -> false;
      };
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static LocalDateTime local(String iso) {
    return iso.length() == 10 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
  }

  private static OffsetDateTime zoned(String iso) {
    return iso.endsWith("Z")
        ? local(iso.substring(0, iso.length() - 1)).atOffset(ZoneOffset.UTC)
        : OffsetDateTime.parse(iso);
  }
}
