package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.ListedRows.RawText;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What arrives of a value that a rule says how to read, by the server's own arithmetic. */
class RuledRoundTripTest {
  private static final int TRIES = 30;
  private static final long FIRST_SECOND = -210_866_803_200L;
  private static final long LAST_SECOND = 9_224_318_015_999L;

  /** Seconds since 1970; {@code extract(epoch …)} has too few digits for distant moments. */
  private static final String EXACT_EPOCH =
      "(SELECT extract(day from i) * 86400 + extract(hour from i) * 3600 + extract(minute from i) * 60"
          + " + extract(second from i) + 946684800 FROM (SELECT v - timestamptz '2000-01-01 00:00Z' AS i) x)::text";

  private static final BigDecimal TO_1601 = new BigDecimal(11_644_473_600L);
  private static final BigDecimal TO_2001 = new BigDecimal(978_307_200L);

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeContainer
  static void start() {
    server = TestDatabase.start();
  }

  @AfterContainer
  static void stop() {
    server.close();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEverySecondOfTheCalendar(@ForAll("seconds") List<Long> seconds) throws SQLException {
    assertThat(epochs(Reading.of(Form.EPOCH_SECONDS), seconds))
        .isEqualTo(seconds.stream().map(BigDecimal::new).toList());
    List<Long> apple = seconds.stream().map(s -> s - TO_2001.longValue()).toList();
    assertThat(epochs(Reading.of(Form.APPLE_SECONDS), apple))
        .isEqualTo(seconds.stream().map(BigDecimal::new).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryCountOfSmallerUnits(@ForAll @Size(min = 1, max = 200) List<Long> counts)
      throws SQLException {
    assertThat(epochs(Reading.of(Form.EPOCH_MILLIS), within(counts, 3, BigDecimal.ZERO)))
        .isEqualTo(moved(within(counts, 3, BigDecimal.ZERO), 3, BigDecimal.ZERO));
    assertThat(epochs(Reading.of(Form.EPOCH_MICROS), within(counts, 6, BigDecimal.ZERO)))
        .isEqualTo(moved(within(counts, 6, BigDecimal.ZERO), 6, BigDecimal.ZERO));
    assertThat(epochs(Reading.of(Form.WEBKIT_MICROS), within(counts, 6, TO_1601.negate())))
        .isEqualTo(moved(within(counts, 6, TO_1601.negate()), 6, TO_1601.negate()));
    List<Long> nanos = counts.stream().map(c -> c / 1_000 * 1_000).toList();
    assertThat(epochs(Reading.of(Form.EPOCH_NANOS), nanos))
        .isEqualTo(moved(nanos, 9, BigDecimal.ZERO));
    assertThat(epochs(Reading.of(Form.APPLE_NANOS), nanos)).isEqualTo(moved(nanos, 9, TO_2001));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void roundsNanosecondsToTheNearestMicrosecondHalvesToEven(
      @ForAll @Size(min = 1, max = 200) List<Long> nanos) throws SQLException {
    assertThat(epochs(rounding(Form.EPOCH_NANOS), nanos))
        .isEqualTo(
            nanos.stream()
                .map(n -> BigDecimal.valueOf(n, 9).setScale(6, RoundingMode.HALF_EVEN))
                .map(RuledRoundTripTest::plain)
                .toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesRealSecondsWithSixDecimals(@ForAll("recentMicros") List<Long> micros)
      throws SQLException {
    List<Double> seconds = micros.stream().map(m -> m / 1e6).toList();

    assertThat(epochs(Reading.of(Form.EPOCH_SECONDS), seconds))
        .isEqualTo(moved(micros, 6, BigDecimal.ZERO));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryRealNumberOfSecondsRounded(@ForAll("reals") List<Double> seconds)
      throws SQLException {
    assertThat(epochs(rounding(Form.EPOCH_SECONDS), seconds)).hasSameSizeAs(seconds);
    assertThat(epochs(rounding(Form.APPLE_SECONDS), seconds)).hasSameSizeAs(seconds);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryMillisecondSqliteHasAJulianDayFor(@ForAll("julianMillis") List<Long> millis)
      throws SQLException {
    List<Double> days = millis.stream().map(m -> m / 86_400_000.0).toList();
    List<BigDecimal> expected =
        millis.stream().map(m -> plain(BigDecimal.valueOf(m - 210_866_760_000_000L, 3))).toList();

    assertThat(epochs(Reading.of(Form.JULIAN_DAY), days)).isEqualTo(expected);
    assertThat(epochs(rounding(Form.JULIAN_DAY), days)).isEqualTo(expected);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void readsEveryRealJulianDayAsItsNearestMillisecond(@ForAll("julianDays") List<Double> days)
      throws SQLException {
    assertThat(epochs(rounding(Form.JULIAN_DAY), days)).hasSameSizeAs(days);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void readsATextWithoutAZoneAsTheServerDoesInThatZone(@ForAll("hours") List<LocalDateTime> hours)
      throws SQLException {
    List<LocalDateTime> plain = hours.stream().filter(h -> !isShifting(h)).toList();
    List<String> texts = plain.stream().map(h -> h.toString().replace('T', ' ')).toList();
    for (String zone : List.of("Europe/Berlin", "America/New_York", "UTC", "+05:30")) {
      List<@Nullable String> expected = new ArrayList<>();
      for (String text : texts) {
        String name = zone.equals("+05:30") ? "-05:30" : zone; // POSIX counts the other way
        expected.addAll(
            server.column(
                "SELECT extract(epoch from timestamp '"
                    + text
                    + "' AT TIME ZONE '"
                    + name
                    + "')::text"));
      }
      assertThat(
              carried(
                  TargetType.TIMESTAMPTZ,
                  in(zone, Overlap.REFUSE),
                  texts,
                  "extract(epoch from v)::text"))
          .isEqualTo(expected);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesNumbersWrittenAsText(@ForAll("numbers") List<BigDecimal> numbers)
      throws SQLException {
    List<String> texts = numbers.stream().map(BigDecimal::toString).toList();
    Reading exact = Reading.of(Form.NUMBER);

    assertThat(decimals(TargetType.NUMERIC, exact, texts)).isEqualTo(plain(numbers));
    assertThat(decimals(TargetType.numeric(40, 2), rounding(Form.NUMBER), texts))
        .isEqualTo(
            plain(numbers.stream().map(n -> n.setScale(2, RoundingMode.HALF_EVEN)).toList()));
    assertThat(carried(TargetType.BIGINT, rounding(Form.NUMBER), texts, "v::text"))
        .isEqualTo(
            numbers.stream()
                .map(n -> n.setScale(0, RoundingMode.HALF_EVEN).toPlainString())
                .map(n -> n.equals("-0") ? "0" : n)
                .toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryIntegerOfEachSize(
      @ForAll @Size(min = 1, max = 100) List<Short> shorts,
      @ForAll @Size(min = 1, max = 100) List<Integer> integers)
      throws SQLException {
    List<Long> small = shorts.stream().map(Short::longValue).toList();
    List<Long> middle = integers.stream().map(Integer::longValue).toList();

    assertThat(carried(TargetType.SMALLINT, Reading.of(Form.NUMBER), small, "v::text"))
        .isEqualTo(small.stream().map(String::valueOf).toList());
    assertThat(carried(TargetType.INTEGER, Reading.of(Form.NUMBER), middle, "v::text"))
        .isEqualTo(middle.stream().map(String::valueOf).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryFourByteNumber(@ForAll @Size(min = 1, max = 100) List<Float> numbers)
      throws SQLException {
    List<Double> stored = numbers.stream().map(Float::doubleValue).toList();

    assertThat(
            carried(TargetType.REAL, Reading.of(Form.NUMBER), stored, "v::text").stream()
                .map(v -> Float.valueOf(String.valueOf(v)))
                .toList())
        .isEqualTo(numbers);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryUuidFromTextAndFromBytesOfEitherOrder(@ForAll("uuids") List<UUID> uuids)
      throws SQLException {
    List<String> expected = uuids.stream().map(UUID::toString).toList();
    List<Object> texts = new ArrayList<>();
    uuids.forEach(u -> texts.add(u.toString().toUpperCase(Locale.ROOT)));
    List<Object> bare = new ArrayList<>();
    uuids.forEach(u -> bare.add(u.toString().replace("-", "")));

    assertThat(carried(TargetType.UUID, Reading.of(Form.UUID), texts, "v::text"))
        .isEqualTo(expected);
    assertThat(carried(TargetType.UUID, Reading.of(Form.UUID), bare, "v::text"))
        .isEqualTo(expected);
    assertThat(
            carried(
                TargetType.UUID,
                Reading.of(Form.UUID),
                uuids.stream().map(RuledRoundTripTest::bytes).toList(),
                "v::text"))
        .isEqualTo(expected);
    List<byte[]> mixed = uuids.stream().map(RuledRoundTripTest::bytes).map(b -> turned(b)).toList();
    assertThat(carried(TargetType.UUID, Reading.of(Form.UUID_MIXED), mixed, "v::text"))
        .isEqualTo(expected);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void mendsEveryTextAsTheJdkDecodesIt(@ForAll @Size(min = 1, max = 60) byte[] bytes)
      throws SQLException {
    Reading strip = with(Form.TEXT, BadText.STRIP);
    Reading replace = with(Form.TEXT, BadText.REPLACE);
    String decoded = new String(bytes, StandardCharsets.UTF_8);

    String stripped = String.valueOf(one(TargetType.TEXT, strip, new RawText(bytes)));
    String replaced = String.valueOf(one(TargetType.TEXT, replace, new RawText(bytes)));

    assertThat(stripped.replace("\uFFFD", "")).isEqualTo(decoded.replaceAll("[\0\uFFFD]", ""));
    assertThat(replaced.replace("\uFFFD", "")).isEqualTo(stripped.replace("\uFFFD", ""));
  }

  @Example
  void carriesJsonAsJsonb() throws SQLException {
    assertThat(
            carried(
                TargetType.JSONB,
                Reading.of(Form.JSON),
                List.of(
                    "{\"b\": 1, \"a\": [1.50, 2e3, -0, {}, []], \"c\": \"\\u00e9\\n\"}",
                    "\"x\"",
                    5L,
                    " [true ,false, null] ",
                    1.5),
                "v::text"))
        .containsExactly(
            "{\"a\": [1.50, 2000, 0, {}, []], \"b\": 1, \"c\": \"é\\n\"}",
            "\"x\"",
            "5",
            "[true, false, null]",
            "1.5");
  }

  @Example
  void carriesTheWordsOfTheRuleAsBooleans() throws SQLException {
    Reading words =
        new Reading(
            Form.BOOLEAN,
            false,
            false,
            BadText.REJECT,
            "",
            Overlap.REFUSE,
            List.of("ja", "2"),
            List.of("nein", "", "0"));

    assertThat(
            carried(TargetType.BOOLEAN, words, List.of("Ja", "NEIN", "", 0L, 2L, 2.0), "v::text"))
        .containsExactly("true", "false", "false", "false", "true", "true");
    assertThat(
            carried(TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), List.of("Y", 0L, 1.0), "v::text"))
        .containsExactly("true", "false", "true");
  }

  @Example
  void takesAnEmptyTextForANullWhereTheRuleSaysSo() throws SQLException {
    Reading reading =
        new Reading(
            Form.NUMBER, false, true, BadText.REJECT, "", Overlap.REFUSE, List.of(), List.of());

    assertThat(carried(TargetType.BIGINT, reading, List.of("", "5", 6L), "v::text"))
        .containsExactly(null, "5", "6");
  }

  @Example
  void dropsTheTimeOfADayAndTheDayOfATimeOnlyWhereTheRuleSaysSo() throws SQLException {
    List<Object> noon = List.of(1_700_049_600L);
    assertThat(carried(TargetType.DATE, rounding(Form.EPOCH_SECONDS), noon, "v::text"))
        .containsExactly("2023-11-15");
    assertThat(carried(TargetType.TIME, rounding(Form.EPOCH_SECONDS), noon, "v::text"))
        .containsExactly("12:00:00");
    assertThat(
            carried(TargetType.TIME, Reading.of(Form.EPOCH_SECONDS), List.of(36_000L), "v::text"))
        .containsExactly("10:00:00");
    assertThat(
            carried(
                TargetType.DATE,
                Reading.of(Form.EPOCH_SECONDS),
                List.of(1_700_006_400L),
                "v::text"))
        .containsExactly("2023-11-15");
    assertThat(
            carried(
                TargetType.TIMESTAMP,
                in("Asia/Kolkata", Overlap.REFUSE),
                List.of("2024-02-29T00:00Z", "2024-02-29"),
                "v::text"))
        .containsExactly("2024-02-29 05:30:00", "2024-02-29 00:00:00");
  }

  @Example
  void choosesTheHourThatAClockShowsTwiceOnlyWhereTheRuleSaysSo() throws SQLException {
    List<String> twice = List.of("2023-10-29 02:30:00");
    assertThat(
            carried(TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.EARLIER), twice, "v::text"))
        .containsExactly("2023-10-29 00:30:00+00");
    assertThat(
            carried(TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.LATER), twice, "v::text"))
        .containsExactly("2023-10-29 01:30:00+00");
    refused(TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.REFUSE), twice.get(0), "twice");
    refused(
        TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.LATER), "2023-03-26 02:30", "skipped");
  }

  @Example
  void roundsTheSeventhDecimalOfATextWhereTheRuleSaysSo() throws SQLException {
    Reading round = rounding(Form.ISO);
    assertThat(
            carried(
                TargetType.TIMESTAMP,
                round,
                List.of(
                    "2024-02-29 10:00:00.1234567",
                    "2024-02-29T10:00:00.123456500",
                    "2024-02-29 10:00:00.1234575",
                    "2023-12-31 23:59:59.9999995"),
                "v::text"))
        .containsExactly(
            "2024-02-29 10:00:00.123457",
            "2024-02-29 10:00:00.123456",
            "2024-02-29 10:00:00.123458",
            "2024-01-01 00:00:00");
    refused(TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00:00.1234567", "finer");
    assertThat(one(TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00:00.1234560"))
        .isEqualTo("2024-02-29 10:00:00.123456");
  }

  @Example
  void carriesTheFirstAndTheLastMomentPostgresHas() throws SQLException {
    assertThat(
            carried(
                TargetType.TIMESTAMPTZ,
                Reading.of(Form.EPOCH_SECONDS),
                List.of(FIRST_SECOND, LAST_SECOND, "9224318015999.999999"),
                "v::text"))
        .containsExactly(
            "4714-11-24 00:00:00+00 BC",
            "294276-12-31 23:59:59+00",
            "294276-12-31 23:59:59.999999+00");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_SECONDS), FIRST_SECOND - 1, "outside");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_SECONDS), LAST_SECOND + 1, "outside");
    assertThat(one(TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), -1L / 2))
        .isEqualTo("4714-11-24 12:00:00+00 BC");
  }

  @Example
  void refusesWhatTheRuleHasNoMeaningFor() {
    Reading seconds = Reading.of(Form.EPOCH_SECONDS);
    refused(TargetType.TIMESTAMPTZ, seconds, "now", "no number");
    refused(TargetType.TIMESTAMPTZ, seconds, new byte[8], "blob");
    refused(TargetType.TIMESTAMPTZ, seconds, Double.POSITIVE_INFINITY, "infinity");
    refused(TargetType.TIMESTAMPTZ, seconds, 1_700_000_000.1234567, "finer");
    refused(TargetType.TIMESTAMPTZ, seconds, "1e99999", "outside");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), 2_460_000.123456789, "finer");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), 1e300, "outside");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_NANOS), 1L, "finer");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.ISO), "2024-02-29 10:00", "no zone");
    refused(TargetType.TIMESTAMPTZ, Reading.of(Form.ISO), "2024-02-30 10:00Z", "no date");
    refused(TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00Z", "has a zone");
    refused(TargetType.DATE, Reading.of(Form.ISO), "2024-02-29 10:00", "besides the day");
    refused(TargetType.TIME, Reading.of(Form.ISO), "2024-02-29 10:00", "besides the time");
    refused(TargetType.DATE, seconds, 1L, "beginning of a day");
    refused(TargetType.TIME, seconds, 1_700_000_000L, "1970");
    refused(TargetType.BIGINT, Reading.of(Form.NUMBER), "12.5", "decimals");
    refused(TargetType.BIGINT, Reading.of(Form.NUMBER), "9223372036854775808", "between");
    refused(TargetType.SMALLINT, Reading.of(Form.NUMBER), 32_768L, "between");
    refused(TargetType.INTEGER, Reading.of(Form.NUMBER), 1L << 31, "between");
    refused(TargetType.REAL, Reading.of(Form.NUMBER), 0.1, "four bytes");
    refused(TargetType.DOUBLE_PRECISION, Reading.of(Form.NUMBER), (1L << 53) + 1, "equal");
    refused(TargetType.numeric(3, 1), Reading.of(Form.NUMBER), "100", "digits");
    refused(TargetType.NUMERIC, Reading.of(Form.NUMBER), "1e999999999", "no number");
    refused(TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), "maybe", "yes or no");
    refused(TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), 2L, "yes or no");
    refused(TargetType.UUID, Reading.of(Form.UUID), new byte[15], "UUID");
    refused(TargetType.UUID, Reading.of(Form.UUID), 5L, "UUID");
    refused(TargetType.TEXT, Reading.of(Form.TEXT), new RawText(new byte[] {'a', 0}), "NUL");
    refused(TargetType.varchar(2), Reading.of(Form.TEXT), "abc", "longer");
    refused(TargetType.JSON, Reading.of(Form.JSON), "{", "not JSON");
    refused(TargetType.JSONB, Reading.of(Form.JSON), "{\"a\":1,\"a\":2}", "twice");
    refused(TargetType.JSONB, Reading.of(Form.JSON), "\"\\u0000\"", "u0000");
    refused(TargetType.JSONB, Reading.of(Form.JSON), "[\"\\ud800\"]", "surrogate");
    refused(TargetType.JSONB, Reading.of(Form.JSON), "1e400000", "number");
  }

  private static void refused(TargetType type, Reading reading, Object cell, String reason) {
    assertThatExceptionOfType(ValueException.class)
        .as("%s %s %s", type, reading, cell)
        .isThrownBy(() -> one(type, reading, cell))
        .withMessageContaining(reason)
        .withMessageContaining("rule")
        .satisfies(e -> assertThat(e.key()).isEqualTo("id=0"));
  }

  private static @Nullable String one(TargetType type, Reading reading, Object cell)
      throws SQLException {
    return carried(type, reading, List.of(cell), "v::text").get(0);
  }

  private static Reading rounding(Form form) {
    return new Reading(form, true, false, BadText.REJECT, "", Overlap.REFUSE, List.of(), List.of());
  }

  private static Reading in(String zone, Overlap overlap) {
    return new Reading(Form.ISO, false, false, BadText.REJECT, zone, overlap, List.of(), List.of());
  }

  private static Reading with(Form form, BadText badText) {
    return new Reading(form, false, false, badText, "", Overlap.REFUSE, List.of(), List.of());
  }

  /** Leaves out the hours in which one of the zones changes its clocks. */
  private static boolean isShifting(LocalDateTime hour) {
    return List.of("Europe/Berlin", "America/New_York").stream()
        .anyMatch(z -> java.time.ZoneId.of(z).getRules().getValidOffsets(hour).size() != 1);
  }

  private static List<Long> within(List<Long> counts, int digits, BigDecimal origin) {
    return counts.stream()
        .filter(
            c -> {
              BigDecimal seconds = BigDecimal.valueOf(c, digits).add(origin);
              return seconds.compareTo(new BigDecimal(FIRST_SECOND)) >= 0
                  && seconds.compareTo(new BigDecimal(LAST_SECOND)) <= 0;
            })
        .toList();
  }

  private static List<BigDecimal> moved(List<Long> counts, int digits, BigDecimal origin) {
    return counts.stream().map(c -> plain(BigDecimal.valueOf(c, digits).add(origin))).toList();
  }

  private static BigDecimal plain(BigDecimal value) {
    return value.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(value.stripTrailingZeros().toPlainString());
  }

  private static List<BigDecimal> plain(List<BigDecimal> values) {
    return values.stream().map(RuledRoundTripTest::plain).toList();
  }

  private static List<BigDecimal> epochs(Reading reading, List<?> values) throws SQLException {
    return carried(TargetType.TIMESTAMPTZ, reading, values, EXACT_EPOCH).stream()
        .map(v -> plain(new BigDecimal(String.valueOf(v))))
        .toList();
  }

  private static List<BigDecimal> decimals(TargetType type, Reading reading, List<?> values)
      throws SQLException {
    return carried(type, reading, values, "v::text").stream()
        .map(v -> plain(new BigDecimal(String.valueOf(v))))
        .toList();
  }

  /** Loads the values, lets the verifier agree, and returns what the server makes of them. */
  private static List<@Nullable String> carried(
      TargetType type, Reading reading, List<?> values, String shown) throws SQLException {
    TableMapping table =
        MappedTable.named("ruled")
            .column("id", TargetType.BIGINT)
            .column("v", type, reading)
            .key("id")
            .build();
    server.execute(
        "DROP TABLE IF EXISTS ruled", "CREATE TABLE ruled (id bigint, v " + type.sql() + ")");
    List<@Nullable Object[]> rows = new ArrayList<>();
    values.forEach(v -> rows.add(row((long) rows.size(), v)));
    try (Connection connection = server.connection()) {
      Step.Load step = new Step.Load(table, "COPY ruled FROM STDIN (FORMAT binary)");
      Loaded loaded =
          new Loader(connection, new Buffers(4, 1024)).load(step, ListedRows.of(rows), done -> {});
      TableVerdict verdict =
          new Verifier(connection, "public")
              .verify(table, loaded.digest(), () -> ListedRows.of(rows), done -> {});
      assertThat(verdict.verified()).as("%s %s %s", type, reading, verdict).isTrue();
      TestDatabase.column(connection, "SELECT set_config('TimeZone', 'UTC', false)");
      return TestDatabase.column(connection, "SELECT " + shown + " FROM ruled ORDER BY id");
    }
  }

  private static byte[] bytes(UUID uuid) {
    return java.nio.ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static byte[] turned(byte[] b) {
    return new byte[] {
      b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
      b[15]
    };
  }

  @Provide
  Arbitrary<List<Long>> seconds() {
    return Arbitraries.longs()
        .between(FIRST_SECOND, LAST_SECOND)
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Long>> recentMicros() {
    return Arbitraries.longs()
        .between(-2_000_000_000_000_000L, 4_000_000_000_000_000L)
        .list()
        .ofMinSize(1)
        .ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Double>> reals() {
    return Arbitraries.doubles()
        .between(-2.1e11, 9.2e12)
        .ofScale(9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<Long>> julianMillis() {
    return Arbitraries.longs().between(0, 464_269_060_799_999L).list().ofMinSize(1).ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<Double>> julianDays() {
    return Arbitraries.doubles().between(-0.5, 1e8).ofScale(12).list().ofMinSize(1).ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<LocalDateTime>> hours() {
    return Arbitraries.longs()
        .between(631_152_000L, 2_145_916_800L)
        .map(s -> LocalDateTime.ofEpochSecond(s, 0, ZoneOffset.UTC))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<BigDecimal>> numbers() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-9000000000000000000"), new BigDecimal("9000000000000000000"))
        .ofScale(9)
        .list()
        .ofMinSize(1)
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<UUID>> uuids() {
    return Arbitraries.longs()
        .tuple2()
        .map(t -> new UUID(t.get1(), t.get2()))
        .list()
        .ofMinSize(1)
        .ofMaxSize(50);
  }
}
