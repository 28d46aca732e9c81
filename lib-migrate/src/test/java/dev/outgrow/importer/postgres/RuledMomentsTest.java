package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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

/** What arrives of a moment that a rule says how to read, by the server's own arithmetic. */
class RuledMomentsTest {
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
  private static RuledColumn carry;

  @SuppressWarnings("NullAway.Init")
  private static TestDatabase server;

  @BeforeContainer
  static void start() {
    server = TestDatabase.start();
    carry = new RuledColumn(server);
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
    assertThat(epochs(RuledColumn.rounding(Form.EPOCH_NANOS), nanos))
        .isEqualTo(
            nanos.stream()
                .map(n -> BigDecimal.valueOf(n, 9).setScale(6, RoundingMode.HALF_EVEN))
                .map(RuledColumn::plain)
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
    assertThat(epochs(RuledColumn.rounding(Form.EPOCH_SECONDS), seconds)).hasSameSizeAs(seconds);
    assertThat(epochs(RuledColumn.rounding(Form.APPLE_SECONDS), seconds)).hasSameSizeAs(seconds);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryMillisecondSqliteHasAJulianDayFor(@ForAll("julianMillis") List<Long> millis)
      throws SQLException {
    List<Double> days = millis.stream().map(m -> m / 86_400_000.0).toList();
    List<BigDecimal> expected =
        millis.stream()
            .map(m -> RuledColumn.plain(BigDecimal.valueOf(m - 210_866_760_000_000L, 3)))
            .toList();

    assertThat(epochs(Reading.of(Form.JULIAN_DAY), days)).isEqualTo(expected);
    assertThat(epochs(RuledColumn.rounding(Form.JULIAN_DAY), days)).isEqualTo(expected);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void readsEveryRealJulianDayAsItsNearestMillisecond(@ForAll("julianDays") List<Double> days)
      throws SQLException {
    assertThat(epochs(RuledColumn.rounding(Form.JULIAN_DAY), days)).hasSameSizeAs(days);
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
              carry.carried(
                  TargetType.TIMESTAMPTZ,
                  in(zone, Overlap.REFUSE),
                  texts,
                  "extract(epoch from v)::text"))
          .isEqualTo(expected);
    }
  }

  @Example
  void dropsTheTimeOfADayAndTheDayOfATimeOnlyWhereTheRuleSaysSo() throws SQLException {
    List<Object> noon = List.of(1_700_049_600L);
    assertThat(
            carry.carried(
                TargetType.DATE, RuledColumn.rounding(Form.EPOCH_SECONDS), noon, "v::text"))
        .containsExactly("2023-11-15");
    assertThat(
            carry.carried(
                TargetType.TIME, RuledColumn.rounding(Form.EPOCH_SECONDS), noon, "v::text"))
        .containsExactly("12:00:00");
    assertThat(
            carry.carried(
                TargetType.TIME, Reading.of(Form.EPOCH_SECONDS), List.of(36_000L), "v::text"))
        .containsExactly("10:00:00");
    assertThat(
            carry.carried(
                TargetType.DATE,
                Reading.of(Form.EPOCH_SECONDS),
                List.of(1_700_006_400L),
                "v::text"))
        .containsExactly("2023-11-15");
    assertThat(
            carry.carried(
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
            carry.carried(
                TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.EARLIER), twice, "v::text"))
        .containsExactly("2023-10-29 00:30:00+00");
    assertThat(
            carry.carried(
                TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.LATER), twice, "v::text"))
        .containsExactly("2023-10-29 01:30:00+00");
    carry.refused(
        TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.REFUSE), twice.get(0), "twice");
    carry.refused(
        TargetType.TIMESTAMPTZ, in("Europe/Berlin", Overlap.LATER), "2023-03-26 02:30", "skipped");
  }

  @Example
  void showsAMomentOnAClockOnlyWhereNoOtherMomentLooksTheSame() throws SQLException {
    Reading berlin =
        new Reading(
            Form.EPOCH_SECONDS,
            false,
            false,
            BadText.REJECT,
            "Europe/Berlin",
            Overlap.REFUSE,
            List.of(),
            List.of());
    assertThat(carry.one(TargetType.TIMESTAMP, berlin, 1_700_000_000L))
        .isEqualTo("2023-11-14 23:13:20");
    carry.refused(TargetType.TIMESTAMP, berlin, 1_698_539_400L, "another moment");
    carry.refused(TargetType.TIMESTAMP, berlin, 1_698_543_000L, "another moment");
  }

  @Example
  void roundsTheSeventhDecimalOfATextWhereTheRuleSaysSo() throws SQLException {
    Reading round = RuledColumn.rounding(Form.ISO);
    assertThat(
            carry.carried(
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
    carry.refused(
        TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00:00.1234567", "finer");
    assertThat(carry.one(TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00:00.1234560"))
        .isEqualTo("2024-02-29 10:00:00.123456");
  }

  @Example
  void carriesTheFirstAndTheLastMomentPostgresHas() throws SQLException {
    assertThat(
            carry.carried(
                TargetType.TIMESTAMPTZ,
                Reading.of(Form.EPOCH_SECONDS),
                List.of(FIRST_SECOND, LAST_SECOND, "9224318015999.999999"),
                "v::text"))
        .containsExactly(
            "4714-11-24 00:00:00+00 BC",
            "294276-12-31 23:59:59+00",
            "294276-12-31 23:59:59.999999+00");
    carry.refused(
        TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_SECONDS), FIRST_SECOND - 1, "outside");
    carry.refused(
        TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_SECONDS), LAST_SECOND + 1, "outside");
    assertThat(carry.one(TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), -1L / 2))
        .isEqualTo("4714-11-24 12:00:00+00 BC");
  }

  private static Reading in(String zone, Overlap overlap) {
    return new Reading(Form.ISO, false, false, BadText.REJECT, zone, overlap, List.of(), List.of());
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
    return counts.stream()
        .map(c -> RuledColumn.plain(BigDecimal.valueOf(c, digits).add(origin)))
        .toList();
  }

  private static List<BigDecimal> epochs(Reading reading, List<?> values) throws SQLException {
    return carry.carried(TargetType.TIMESTAMPTZ, reading, values, EXACT_EPOCH).stream()
        .map(v -> RuledColumn.plain(new BigDecimal(String.valueOf(v))))
        .toList();
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

  @Example
  void refusesWhatTheRuleHasNoMeaningFor() {
    Reading seconds = Reading.of(Form.EPOCH_SECONDS);
    carry.refused(TargetType.TIMESTAMPTZ, seconds, "now", "no number");
    carry.refused(TargetType.TIMESTAMPTZ, seconds, new byte[8], "blob");
    carry.refused(TargetType.TIMESTAMPTZ, seconds, Double.POSITIVE_INFINITY, "infinity");
    carry.refused(TargetType.TIMESTAMPTZ, seconds, 1_700_000_000.1234567, "finer");
    carry.refused(TargetType.TIMESTAMPTZ, seconds, "1e99999", "outside");
    carry.refused(
        TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), 2_460_000.123456789, "finer");
    carry.refused(TargetType.TIMESTAMPTZ, Reading.of(Form.JULIAN_DAY), 1e300, "outside");
    carry.refused(TargetType.TIMESTAMPTZ, Reading.of(Form.EPOCH_NANOS), 1L, "finer");
    carry.refused(TargetType.TIMESTAMPTZ, Reading.of(Form.ISO), "2024-02-29 10:00", "no zone");
    carry.refused(TargetType.TIMESTAMPTZ, Reading.of(Form.ISO), "2024-02-30 10:00Z", "no date");
    carry.refused(TargetType.TIMESTAMP, Reading.of(Form.ISO), "2024-02-29 10:00Z", "has a zone");
    carry.refused(TargetType.DATE, Reading.of(Form.ISO), "2024-02-29 10:00", "besides the day");
    carry.refused(TargetType.TIME, Reading.of(Form.ISO), "2024-02-29 10:00", "besides the time");
    carry.refused(TargetType.DATE, seconds, 1L, "beginning of a day");
    carry.refused(TargetType.TIME, seconds, 1_700_000_000L, "1970");
  }
}
