package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.error.ValueException;
import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.CellTest;
import dev.outgrow.importer.source.IsoText;
import dev.outgrow.importer.source.JsonText;
import dev.outgrow.importer.source.Trait;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * What arrives of a value whose type is narrower than its text, by the server's own reading of that
 * text.
 */
class TypedRoundTripTest {
  private static final int TRIES = 40;

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
  void carriesEveryDate(@ForAll("dates") List<String> dates) throws SQLException {
    assertThat(carried(TargetType.DATE, dates))
        .isEqualTo(dates.stream().map(TypedRoundTripTest::asPostgresWrites).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryTime(@ForAll("times") List<String> times) throws SQLException {
    List<String> kept = having(Trait.TIME, times);

    assertThat(carried(TargetType.TIME, kept)).isEqualTo(kept);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryMomentWithoutAZone(@ForAll("moments") List<String> moments) throws SQLException {
    assertThat(carried(TargetType.TIMESTAMP, moments))
        .isEqualTo(
            asTheServerReads(
                "timestamp", moments.stream().map(TypedRoundTripTest::asPostgresWrites).toList()));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryMomentWithAZone(@ForAll("zoned") List<String> moments) throws SQLException {
    assertThat(carried(TargetType.TIMESTAMPTZ, moments))
        .isEqualTo(
            asTheServerReads(
                "timestamptz",
                moments.stream().map(TypedRoundTripTest::asPostgresWrites).toList()));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryUuidInSmallLettersAndInCapitals(@ForAll("uuids") List<UUID> uuids)
      throws SQLException {
    List<Object> stored = new ArrayList<>();
    uuids.forEach(u -> stored.add(u.toString()));
    uuids.forEach(u -> stored.add(u.toString().toUpperCase(Locale.ROOT)));
    List<String> twice = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      uuids.forEach(u -> twice.add(u.toString()));
    }

    assertThat(carried(TargetType.UUID, stored)).isEqualTo(twice);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryJsonTextAsItIs(@ForAll("json") List<String> texts) throws SQLException {
    List<String> kept = having(Trait.JSON, texts);

    assertThat(carried(TargetType.JSON, kept)).isEqualTo(kept);
  }

  @Property(tries = 400)
  void takesNothingForJsonThatTheServerRefuses(@ForAll("almostJson") String written)
      throws SQLException {
    String text = withoutHalves(written);
    if (JsonText.isJson(text.getBytes(StandardCharsets.UTF_8))) {
      assertThat(readByServer("json", text)).contains(text);
    }
  }

  @Property(tries = 400)
  void takesNothingForADateOrTimeThatTheServerReadsOtherwise(@ForAll("almostMoments") String text)
      throws SQLException {
    IsoText moment = IsoText.parse(text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    if (moment != null) {
      String type =
          switch (moment.form()) {
            case DATE -> "date";
            case TIME -> "time";
            case LOCAL -> "timestamp";
            case ZONED -> "timestamptz";
          };
      assertThat(readByServer(type, asPostgresWrites(text))).as(text).isPresent();
    }
  }

  @Example
  void carriesBooleansInEverySpelling() throws SQLException {
    List<Object> stored =
        List.of(0L, 1L, "t", "F", "TRUE", "false", "Yes", "no", "on", "OFF", "y", "N", "1", "0");

    assertThat(carried(TargetType.BOOLEAN, stored))
        .containsExactly(
            "false", "true", "true", "false", "true", "false", "true", "false", "true", "false",
            "true", "false", "true", "false");
  }

  @Example
  void carriesTheEndsOfTheCalendarAndItsLeapDays() throws SQLException {
    List<String> dates =
        List.of("0001-01-01", "9999-12-31", "1900-02-28", "2000-02-29", "1999-12-31", "1600-02-29");

    assertThat(carried(TargetType.DATE, dates)).isEqualTo(dates);
    assertThat(carried(TargetType.TIMESTAMP, dates))
        .isEqualTo(dates.stream().map(d -> d + " 00:00:00").toList());
    assertThat(
            carried(
                TargetType.DATE,
                List.of("-4713-11-24", "-0001-12-31", "0000-01-01", "0000-02-29", "-0004-02-29")))
        .containsExactly(
            "4714-11-24 BC", "0002-12-31 BC", "0001-01-01 BC", "0001-02-29 BC", "0005-02-29 BC");
    assertThat(
            carried(
                TargetType.TIMESTAMPTZ, List.of("-4713-11-24T00:00Z", "-4713-11-24 15:59+15:59")))
        .containsExactly("4714-11-24 00:00:00+00 BC", "4714-11-24 00:00:00+00 BC");
    assertThat(
            carried(
                TargetType.TIMESTAMPTZ,
                List.of("0001-01-01 00:00+15:59", "9999-12-31T23:59:59.999999 -15:59")))
        .containsExactly("0001-12-31 08:01:00+00 BC", "10000-01-01 15:58:59.999999+00");
  }

  @Example
  void readsNoDayThatSqliteDoesNotWriteOrPostgresDoesNotHave() {
    for (String text :
        List.of(
            "-4713-11-23",
            "-4714-12-31",
            "-0000-01-01",
            "+2024-01-01",
            "-001-01-01",
            "-00001-01-01",
            "12024-01-01",
            "0000-00-00",
            "-0001-02-29",
            "-4713-11-24 15:58+15:59")) {
      assertThat(IsoText.parse(text.getBytes(StandardCharsets.UTF_8))).as(text).isEmpty();
    }
  }

  /** Its microseconds fit into 64 bits from 2000 on, and not from 1970 on. */
  @Example
  void countsUpToTheLastMomentOfTheServer() throws SQLException {
    long lastDay = LocalDate.of(294_276, 12, 31).toEpochDay();
    IsoText last = new IsoText(IsoText.Form.LOCAL, lastDay, 86_399_999_999L, 0, 0);
    long micros = last.microsSince(LocalDate.of(2000, 1, 1).toEpochDay());
    List<@Nullable String> read;
    try (Connection connection = server.connection()) {
      read =
          TestDatabase.column(
              connection,
              "SELECT ('x' || encode(timestamp_send('294276-12-31 23:59:59.999999'), 'hex'))"
                  + "::bit(64)::bigint");
    }
    assertThat(read).containsExactly(Long.toString(micros));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> last.microsSince(0));
  }

  @Example
  void carriesNumbersAndTextOfLimitedSize() throws SQLException {
    assertThat(carried(TargetType.varchar(3), List.of("", "a  ", "日本語", 123L)))
        .containsExactly("", "a  ", "日本語", "123");
    assertThat(carried(TargetType.numeric(5, 2), List.of(999.99, -0.01, 5L, 0.0)))
        .containsExactly("999.99", "-0.01", "5.00", "0.00");
    assertThat(carried(TargetType.JSON, List.of(5L, 1.5, "{\"a\":1,\"a\":2}", "\"\\u0000\"")))
        .containsExactly("5", "1.5", "{\"a\":1,\"a\":2}", "\"\\u0000\"");
  }

  @Example
  void carriesTheSameValueInAnotherForm() throws SQLException {
    assertThat(carried(TargetType.BIGINT, List.of(3.0, "-12", -0x1p63)))
        .containsExactly("3", "-12", "-9223372036854775808");
    assertThat(carried(TargetType.DOUBLE_PRECISION, List.of(7L, "2.5", "-3")))
        .containsExactly("7", "2.5", "-3");
    assertThat(carried(TargetType.NUMERIC, List.of("12.50", "-0.1")))
        .containsExactly("12.50", "-0.1");
    assertThat(carried(TargetType.DATE, List.of("2024-02-29 00:00:00.000")))
        .containsExactly("2024-02-29");
    assertThat(
            carried(
                TargetType.TIMESTAMP, List.of("2024-02-29T10:00:00Z", "2024-02-29 10:00+00:00")))
        .containsExactly("2024-02-29 10:00:00", "2024-02-29 10:00:00");
    assertThat(carried(TargetType.TIMESTAMPTZ, List.of("2024-02-29", "2024-02-29 10:00")))
        .containsExactly("2024-02-29 00:00:00+00", "2024-02-29 10:00:00+00");
    assertThat(
            carried(TargetType.UUID, List.of(new byte[16], "AbCdEf00-0000-0000-0000-000000000001")))
        .containsExactly(
            "00000000-0000-0000-0000-000000000000", "abcdef00-0000-0000-0000-000000000001");
  }

  @Example
  void namesTheCellThatWasNotThereWhenTheImportWasPlanned() {
    record Case(TargetType type, Object cell) {}
    List<Case> cases =
        List.of(
            new Case(TargetType.BOOLEAN, 2L),
            new Case(TargetType.BOOLEAN, "maybe"),
            new Case(TargetType.BOOLEAN, 1.0),
            new Case(TargetType.DATE, "2024-02-30"),
            new Case(TargetType.DATE, "2024-02-29 10:00"),
            new Case(TargetType.DATE, 5L),
            new Case(TargetType.TIME, "2024-02-29"),
            new Case(TargetType.TIMESTAMP, "2024-02-29 10:00+01:00"),
            new Case(TargetType.TIMESTAMPTZ, "10:00:00"),
            new Case(TargetType.BIGINT, 1.5),
            new Case(TargetType.BIGINT, "007"),
            new Case(TargetType.DOUBLE_PRECISION, Long.MAX_VALUE),
            new Case(TargetType.NUMERIC, "1e3"),
            new Case(TargetType.UUID, "x"),
            new Case(TargetType.UUID, new byte[15]),
            new Case(TargetType.UUID, 1L));
    for (Case wrong : cases) {
      assertThatExceptionOfType(ValueException.class)
          .as("%s", wrong)
          .isThrownBy(() -> carried(wrong.type(), List.of(wrong.cell())))
          .satisfies(e -> assertThat(e.key()).isEqualTo("id=0"))
          .withMessageContaining("Run the import again");
    }
  }

  /** Loads the values, lets the verifier agree, and returns them as the server prints them. */
  private static List<@Nullable String> carried(TargetType type, List<?> values)
      throws SQLException {
    TableMapping table =
        MappedTable.named("typed")
            .column("id", TargetType.BIGINT)
            .column("v", type)
            .key("id")
            .build();
    server.execute(
        "DROP TABLE IF EXISTS typed", "CREATE TABLE typed (id bigint, v " + type.sql() + ")");
    List<@Nullable Object[]> rows = new ArrayList<>();
    values.forEach(v -> rows.add(row((long) rows.size(), v)));
    try (Connection connection = server.connection()) {
      Step.Load step = new Step.Load(table, "COPY typed FROM STDIN (FORMAT binary)");
      Loaded loaded =
          new Loader(connection, new Buffers(4, 1024))
              .load(step, ListedRows.of(rows), (done, bytes) -> {});
      TableVerdict verdict =
          new Verifier(connection, "public")
              .verify(table, loaded.digest(), () -> ListedRows.of(rows), done -> {});
      assertThat(verdict.verified()).as("%s", verdict).isTrue();
      utc(connection);
      return TestDatabase.column(connection, "SELECT v::text FROM typed ORDER BY id");
    }
  }

  private static List<@Nullable String> asTheServerReads(String type, List<String> texts)
      throws SQLException {
    try (Connection connection = server.connection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT t::" + type + "::text FROM unnest(?) WITH ORDINALITY u(t, n) ORDER BY n")) {
      utc(connection);
      statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        List<@Nullable String> read = new ArrayList<>();
        while (rows.next()) {
          read.add(rows.getString(1));
        }
        return read;
      }
    }
  }

  private static Optional<String> readByServer(String type, String text) throws SQLException {
    return Optional.ofNullable(asTheServerReads(type, List.of(text)).get(0));
  }

  private static void utc(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  private static List<String> having(Trait trait, List<String> texts) {
    CellTest test = trait.test();
    return texts.stream()
        .filter(
            t -> {
              ListedRows cell = ListedRows.of(List.<@Nullable Object[]>of(row(t)));
              return cell.next() && test.holds(cell, 0);
            })
        .toList();
  }

  @Provide
  Arbitrary<List<String>> dates() {
    return date().list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<String>> times() {
    return time().list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<String>> moments() {
    return Arbitraries.oneOf(date(), moment()).list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<List<String>> zoned() {
    return Combinators.combine(moment(), zone()).as(String::concat).list().ofMaxSize(200);
  }

  @Provide
  Arbitrary<String> almostMoments() {
    Arbitrary<String> right =
        Arbitraries.oneOf(
            date(), time(), moment(), Combinators.combine(moment(), zone()).as(String::concat));
    return changed(right, "0123456789-: T.Z+\u0661");
  }

  @Provide
  Arbitrary<List<UUID>> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
        .as(UUID::new)
        .list()
        .ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<String>> json() {
    return jsonValue().list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> almostJson() {
    return changed(jsonValue(), "{}[]\",:\\u09e+-.tnf \t\u0001\u00A0\uFEFF");
  }

  /** Half a surrogate pair has no UTF-8, and would be sent as something else. */
  private static String withoutHalves(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** One character replaced, left out or put in. */
  private static Arbitrary<String> changed(Arbitrary<String> right, String characters) {
    return Combinators.combine(
            right,
            Arbitraries.integers().between(0, 1000),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(characters.chars().mapToObj(Character::toString).toList()))
        .as(
            (text, where, how, character) -> {
              int at = text.isEmpty() ? 0 : where % text.length();
              int end = how == 0 || text.isEmpty() ? at : at + 1;
              return text.substring(0, at) + (how == 1 ? "" : character) + text.substring(end);
            });
  }

  private static Arbitrary<String> date() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(1, 9999), Arbitraries.integers().between(-4712, 1)),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 31))
        .as(TypedRoundTripTest::date);
  }

  private static String date(int year, int month, int day) {
    YearMonth yearMonth = YearMonth.of(year, month);
    return yearMonth.atDay(Math.min(day, yearMonth.lengthOfMonth())).toString();
  }

  /** PostgreSQL knows no year 0: the one before 1 is 1 BC. */
  private static String asPostgresWrites(String moment) {
    boolean before = moment.startsWith("-");
    boolean dated = moment.matches("-?[0-9]{4}-.*");
    int year = dated ? Integer.parseInt(moment.substring(0, before ? 5 : 4)) : 1;
    return year > 0
        ? moment
        : String.format(Locale.ROOT, "%04d", 1 - year) + moment.substring(before ? 5 : 4) + " BC";
  }

  private static Arbitrary<String> time() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 86_399), Arbitraries.integers().between(0, 999_999))
        .as(
            (second, micro) ->
                String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d.%06d",
                        second / 3600,
                        second / 60 % 60,
                        second % 60,
                        micro)
                    .substring(0, micro % 7 == 0 ? 8 : 9 + micro % 7));
  }

  private static Arbitrary<String> moment() {
    Arbitrary<String> toTheMinute = time().map(t -> t.substring(0, 5));
    return Combinators.combine(
            date(), Arbitraries.of(" ", "T"), Arbitraries.oneOf(time(), toTheMinute))
        .as((date, separator, time) -> date + separator + time);
  }

  private static Arbitrary<String> zone() {
    Arbitrary<String> offset =
        Combinators.combine(
                Arbitraries.of("+", "-"),
                Arbitraries.integers().between(0, 15),
                Arbitraries.integers().between(0, 59))
            .as(
                (sign, hour, minute) ->
                    String.format(Locale.ROOT, "%s%02d:%02d", sign, hour, minute));
    return Combinators.combine(
            Arbitraries.of("", " "), Arbitraries.oneOf(offset, Arbitraries.just("Z")))
        .as(String::concat);
  }

  private static Arbitrary<String> jsonValue() {
    Arbitrary<String> text =
        Arbitraries.of(
            "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\n\"", "\"é😀\"", "\"\\/\"");
    Arbitrary<String> plain =
        Arbitraries.of(
            "null", "true", "false", "0", "-0", "1.50", "1e400", "-12E-3", "1" + "0".repeat(40));
    return Arbitraries.recursive(
        () -> Arbitraries.oneOf(text, plain),
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(l -> "[" + String.join(", ", l) + "]"),
                Combinators.combine(text, inner)
                    .as((name, value) -> "{ " + name + " :" + value + "," + name + ":1}\n")),
        0,
        3);
  }
}
