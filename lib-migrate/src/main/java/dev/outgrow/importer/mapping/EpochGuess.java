package dev.outgrow.importer.mapping;

import dev.outgrow.importer.source.ColumnProfile;
import dev.outgrow.importer.source.Numbers;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.SourceTable;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.schema.Column;
import dev.outgrow.schema.ForeignKey;
import dev.outgrow.schema.Identifier;
import dev.outgrow.schema.Identity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Guesses whether a column's numbers are moments. Two witnesses have to agree: every number lies
 * between 1990 and 2040 by some count, and the column's name or declared type speaks of time.
 *
 * @param form the count
 * @param from the least number
 * @param to the most
 * @param origin the moment it counts from, in seconds since 1970
 * @param unit how many seconds one of it is
 */
record EpochGuess(Form form, double from, double to, double origin, double unit) {
  private static final double YEAR_1990 = 631_152_000;
  private static final double YEAR_2041 = 2_240_524_800.0;
  private static final double ORIGIN_2001 = 978_307_200;
  private static final double ORIGIN_1601 = -11_644_473_600.0;

  /** Apple's count reached this in 2010, and reaches the other, with which 1970's was in 2001. */
  private static final double APPLE_FROM = 310_000_000;

  private static final double APPLE_TO = 1_000_000_000;
  private static final double DAY = 86_400;
  private static final double JULIAN_1970 = 2_440_587.5;

  /** In the order in which they are tried. */
  private static final List<EpochGuess> COUNTS =
      List.of(
          new EpochGuess(
              Form.JULIAN_DAY,
              YEAR_1990 / DAY + JULIAN_1970,
              YEAR_2041 / DAY + JULIAN_1970,
              -JULIAN_1970 * DAY,
              DAY),
          new EpochGuess(Form.APPLE_SECONDS, APPLE_FROM, APPLE_TO, ORIGIN_2001, 1),
          since1970(Form.EPOCH_SECONDS, 1),
          since1970(Form.EPOCH_MILLIS, 1e-3),
          since1970(Form.EPOCH_MICROS, 1e-6),
          new EpochGuess(
              Form.WEBKIT_MICROS,
              (YEAR_1990 - ORIGIN_1601) * 1e6,
              (YEAR_2041 - ORIGIN_1601) * 1e6,
              ORIGIN_1601,
              1e-6),
          new EpochGuess(Form.APPLE_NANOS, APPLE_FROM * 1e9, APPLE_TO * 1e9, ORIGIN_2001, 1e-9),
          since1970(Form.EPOCH_NANOS, 1e-9));

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})");

  /** What a column is called that holds moments. */
  private static final Set<String> TIME_WORDS =
      Set.of(
          "at",
          "on",
          "ts",
          "utc",
          "epoch",
          "when",
          "since",
          "until",
          "created",
          "updated",
          "modified",
          "changed",
          "started",
          "stopped",
          "ended",
          "finished",
          "completed",
          "start",
          "end",
          "stop",
          "begin",
          "expires",
          "expiry",
          "expiration",
          "accessed",
          "visited",
          "added",
          "deleted",
          "sent",
          "received",
          "seen",
          "played",
          "published",
          "scheduled",
          "due",
          "login");

  /** What a column is called that holds something else, whatever else its name says. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "id",
          "ids",
          "uid",
          "pid",
          "size",
          "bytes",
          "count",
          "counter",
          "length",
          "len",
          "duration",
          "offset",
          "hash",
          "crc",
          "checksum",
          "port",
          "version",
          "number",
          "num",
          "code",
          "flags",
          "mask",
          "index",
          "position",
          "pos",
          "rank",
          "score",
          "seed",
          "zone",
          "timezone",
          "phone",
          "rate",
          "total",
          "rowid");

  private static final List<String> TIME_ENDS = List.of("date", "time", "stamp", "day");
  private static final List<String> TIME_BEGINNINGS = List.of("date", "time");

  private static EpochGuess since1970(Form form, double unit) {
    return new EpochGuess(form, YEAR_1990 / unit, YEAR_2041 / unit, 0, unit);
  }

  static Optional<Proposal> of(SourceTable table, int position) {
    Column column = table.table().columns().get(position);
    ColumnProfile profile = table.profiles().get(position);
    boolean numbers = profile.holdsOnly(StorageClass.INTEGER, StorageClass.REAL);
    if (!numbers || isKey(table, column) || !speaksOfTime(column) || isUnwritable(table, column)) {
      return Optional.empty();
    }
    return COUNTS.stream()
        .filter(c -> c.form() != Form.JULIAN_DAY || profile.holds(StorageClass.REAL))
        .filter(c -> profile.numbers().liesWithin(c.from(), c.to()))
        .findFirst()
        .map(c -> c.proposal(table.name(), column.name(), profile));
  }

  private Proposal proposal(String table, String column, ColumnProfile profile) {
    return new Proposal(
        table,
        column,
        form.word(),
        isFine(profile),
        moment(profile.numbers().least()),
        moment(profile.numbers().most()));
  }

  private boolean isFine(ColumnProfile profile) {
    Numbers numbers = profile.numbers();
    return switch (form) {
      case JULIAN_DAY -> numbers.finerThanDayMillis();
      case EPOCH_SECONDS, APPLE_SECONDS -> numbers.finerThanMicros();
      case EPOCH_NANOS, APPLE_NANOS -> true;
      default -> profile.holds(StorageClass.REAL);
    };
  }

  private String moment(double number) {
    return Instant.ofEpochSecond(Math.round(number * unit + origin)).toString();
  }

  private static boolean isKey(SourceTable table, Column column) {
    return column.identity() != Identity.NONE
        || table.table().foreignKeys().stream()
            .map(ForeignKey::columns)
            .anyMatch(
                k ->
                    k.stream()
                        .map(Identifier::folded)
                        .anyMatch(Identifier.folded(column.name())::equals));
  }

  /** A line of a file cannot name what has a line break in its name. */
  private static boolean isUnwritable(SourceTable table, Column column) {
    return (table.name() + column.name()).chars().anyMatch(Character::isISOControl);
  }

  private static boolean speaksOfTime(Column column) {
    String declared = Identifier.folded(column.type());
    List<String> words =
        Arrays.stream(BETWEEN_WORDS.split(column.name())).map(Identifier::folded).toList();
    return words.stream().noneMatch(OTHER_WORDS::contains)
        && (declared.contains("date")
            || declared.contains("time")
            || words.stream().anyMatch(EpochGuess::isTimeWord));
  }

  private static boolean isTimeWord(String word) {
    return TIME_WORDS.contains(word)
        || TIME_ENDS.stream().anyMatch(word::endsWith)
        || TIME_BEGINNINGS.stream().anyMatch(word::startsWith);
  }
}
