package dev.outgrow.importer.mapping;

import dev.outgrow.importer.reading.CellReaders;
import dev.outgrow.importer.reading.Complaint;
import dev.outgrow.importer.reading.MomentReader;
import dev.outgrow.importer.reading.Numerals;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.translate.Literal;
import dev.outgrow.importer.translate.Translation;
import dev.outgrow.importer.translate.Translator;
import dev.outgrow.sql.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/** Defaults of columns whose cells a rule says how to read: each is read as a cell would be. */
final class RuledDefaults {
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final long SECONDS_TO_FIRST = FIRST.toEpochDay() * 86_400;
  private static final long MICROS = 1_000_000;
  private static final DateTimeFormatter DAY = day().toFormatter(Locale.ROOT);
  private static final DateTimeFormatter DAY_AND_TIME =
      day().appendPattern(" HH:mm:ss.SSSSSS").toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

  private RuledDefaults() {}

  /**
   * Returns a plain default as SQL.
   *
   * @throws dev.outgrow.error.ValueException if the rule has no meaning for it
   */
  static String sql(Literal literal, TargetType type, Reading reading, Complaint complaint) {
    SourceRow row = new LiteralRow(literal);
    CellReaders cells = new CellReaders(reading, complaint);
    Numerals numbers = new Numerals(complaint);
    boolean round = reading.round();
    return switch (type.base()) {
      case SMALLINT -> whole(numbers.integer(row, 0, Short.MIN_VALUE, Short.MAX_VALUE, round));
      case INTEGER -> whole(numbers.integer(row, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, round));
      case BIGINT -> whole(numbers.integer(row, 0, Long.MIN_VALUE, Long.MAX_VALUE, round));
      case NUMERIC ->
          (type.length() == 0
                  ? numbers.decimal(row, 0)
                  : numbers.sized(row, 0, type.length(), type.scale(), round))
              .toPlainString();
      case DOUBLE_PRECISION -> typed(RealText.of(numbers.real(row, 0, round)), type);
      case REAL -> typed(RealText.of(numbers.shortReal(row, 0, round)), type);
      case BOOLEAN -> Boolean.toString(cells.truth(row, 0));
      case UUID -> typed(HexFormat.of().formatHex(cells.uuid(row, 0)), type);
      case TEXT, VARCHAR -> Dialect.POSTGRESQL.literal(utf8(cells.text(row, 0, type.length())));
      case JSON -> typed(utf8(cells.json(row, 0)), type);
      case JSONB -> typed(utf8(cells.binaryJson(row, 0)), type);
      case BYTEA -> DefaultRule.sql(literal, type).orElseThrow();
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> moment(row, cells.moments(), type);
    };
  }

  private static String whole(long value) {
    return Long.toString(value);
  }

  private static String typed(String text, TargetType type) {
    return Dialect.POSTGRESQL.literal(text) + "::" + type.sql();
  }

  private static String utf8(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  private static String moment(SourceRow row, MomentReader moments, TargetType type) {
    return switch (type.base()) {
      case DATE -> typed(era(FIRST.plusDays(moments.day(row, 0)).atStartOfDay(), DAY, ""), type);
      case TIME -> typed(TIME.format(LocalTime.ofNanoOfDay(moments.time(row, 0) * 1_000)), type);
      case TIMESTAMP -> typed(era(shown(moments.local(row, 0)), DAY_AND_TIME, ""), type);
      default -> typed(era(shown(moments.moment(row, 0)), DAY_AND_TIME, "+00"), type);
    };
  }

  private static LocalDateTime shown(long micros) {
    long seconds = Math.floorDiv(micros, MICROS) + SECONDS_TO_FIRST;
    int nanos = (int) Math.floorMod(micros, MICROS) * 1_000;
    return LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC);
  }

  private static String era(LocalDateTime moment, DateTimeFormatter format, String zone) {
    return format.format(moment) + zone + (moment.getYear() > 0 ? "" : " BC");
  }

  private static DateTimeFormatterBuilder day() {
    return new DateTimeFormatterBuilder()
        .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NOT_NEGATIVE)
        .appendPattern("-MM-dd");
  }

  /**
   * Translates a default that has to be computed. What counts from 1970 on is added to it; of the
   * texts only those in UTC are what SQLite's own clock writes.
   */
  static Translation computed(String declared, TargetType type, Reading reading) {
    if (reading.emptyIsNull()) {
      Translation found = computed(declared, type, reading.withEmptyIsNull(false));
      boolean text = type.comparesWith(TargetType.TEXT);
      return text && found instanceof Translation.Sql sql
          ? new Translation.Sql("NULLIF(" + sql.text() + ", '')", sql.type())
          : found;
    }
    if (reading.keepsValues()) {
      return Translator.defaultExpression(declared, type.sql());
    }
    boolean moment = type.equals(TargetType.TIMESTAMPTZ);
    String unit =
        switch (reading.form()) {
          case EPOCH_SECONDS -> "1 second";
          case EPOCH_MILLIS -> "1 millisecond";
          case EPOCH_MICROS -> "1 microsecond";
          default -> "";
        };
    if (moment && !unit.isEmpty()) {
      Translation count = Translator.defaultExpression(declared, TargetType.BIGINT.sql());
      return count instanceof Translation.Sql sql ? since1970(sql.text(), unit) : count;
    }
    boolean utc = reading.form() == Reading.Form.ISO && reading.zone().equals("UTC");
    return moment && utc
        ? Translator.defaultExpression(declared, type.sql())
        : new Translation.Untranslatable("the rule of the column, which reads it otherwise", 0);
  }

  private static Translation since1970(String count, String unit) {
    return new Translation.Sql(
        "(TIMESTAMPTZ '1970-01-01 00:00:00+00' + (" + count + ") * INTERVAL '" + unit + "')",
        TargetType.TIMESTAMPTZ.sql());
  }
}
