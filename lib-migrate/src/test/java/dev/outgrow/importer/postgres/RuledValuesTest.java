package dev.outgrow.importer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ListedRows.RawText;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Reading.BadText;
import dev.outgrow.importer.source.Reading.Form;
import dev.outgrow.importer.source.Reading.Overlap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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

/** What arrives of numbers, texts and UUIDs that a rule says how to read. */
class RuledValuesTest {
  private static final int TRIES = 30;

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
  void carriesNumbersWrittenAsText(@ForAll("numbers") List<BigDecimal> numbers)
      throws SQLException {
    List<String> texts = numbers.stream().map(BigDecimal::toString).toList();
    Reading exact = Reading.of(Form.NUMBER);

    assertThat(decimals(TargetType.NUMERIC, exact, texts)).isEqualTo(RuledColumn.plain(numbers));
    assertThat(decimals(TargetType.numeric(40, 2), RuledColumn.rounding(Form.NUMBER), texts))
        .isEqualTo(
            RuledColumn.plain(
                numbers.stream().map(n -> n.setScale(2, RoundingMode.HALF_EVEN)).toList()));
    assertThat(
            carry.carried(TargetType.BIGINT, RuledColumn.rounding(Form.NUMBER), texts, "v::text"))
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

    assertThat(carry.carried(TargetType.SMALLINT, Reading.of(Form.NUMBER), small, "v::text"))
        .isEqualTo(small.stream().map(String::valueOf).toList());
    assertThat(carry.carried(TargetType.INTEGER, Reading.of(Form.NUMBER), middle, "v::text"))
        .isEqualTo(middle.stream().map(String::valueOf).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryFourByteNumber(@ForAll @Size(min = 1, max = 100) List<Float> numbers)
      throws SQLException {
    List<Double> stored = numbers.stream().map(Float::doubleValue).toList();

    assertThat(
            carry.carried(TargetType.REAL, Reading.of(Form.NUMBER), stored, "v::text").stream()
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

    assertThat(carry.carried(TargetType.UUID, Reading.of(Form.UUID), texts, "v::text"))
        .isEqualTo(expected);
    assertThat(carry.carried(TargetType.UUID, Reading.of(Form.UUID), bare, "v::text"))
        .isEqualTo(expected);
    assertThat(
            carry.carried(
                TargetType.UUID,
                Reading.of(Form.UUID),
                uuids.stream().map(RuledValuesTest::bytes).toList(),
                "v::text"))
        .isEqualTo(expected);
    List<byte[]> mixed = uuids.stream().map(RuledValuesTest::bytes).map(b -> turned(b)).toList();
    assertThat(carry.carried(TargetType.UUID, Reading.of(Form.UUID_MIXED), mixed, "v::text"))
        .isEqualTo(expected);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void mendsEveryTextAsTheJdkDecodesIt(@ForAll @Size(min = 1, max = 60) byte[] bytes)
      throws SQLException {
    Reading strip = with(Form.TEXT, BadText.STRIP);
    Reading replace = with(Form.TEXT, BadText.REPLACE);
    String decoded = new String(bytes, StandardCharsets.UTF_8);

    String stripped = String.valueOf(carry.one(TargetType.TEXT, strip, new RawText(bytes)));
    String replaced = String.valueOf(carry.one(TargetType.TEXT, replace, new RawText(bytes)));

    assertThat(stripped.replace("\uFFFD", "")).isEqualTo(decoded.replaceAll("[\0\uFFFD]", ""));
    assertThat(replaced.replace("\uFFFD", "")).isEqualTo(stripped.replace("\uFFFD", ""));
  }

  @Example
  void carriesJsonAsJsonb() throws SQLException {
    assertThat(
            carry.carried(
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
            carry.carried(
                TargetType.BOOLEAN, words, List.of("Ja", "NEIN", "", 0L, 2L, 2.0), "v::text"))
        .containsExactly("true", "false", "false", "false", "true", "true");
    assertThat(
            carry.carried(
                TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), List.of("Y", 0L, 1.0), "v::text"))
        .containsExactly("true", "false", "true");
  }

  @Example
  void takesAnEmptyTextForANullWhereTheRuleSaysSo() throws SQLException {
    Reading reading =
        new Reading(
            Form.NUMBER, false, true, BadText.REJECT, "", Overlap.REFUSE, List.of(), List.of());

    assertThat(carry.carried(TargetType.BIGINT, reading, List.of("", "5", 6L), "v::text"))
        .containsExactly(null, "5", "6");
  }

  private static Reading with(Form form, BadText badText) {
    return new Reading(form, false, false, badText, "", Overlap.REFUSE, List.of(), List.of());
  }

  private static List<BigDecimal> decimals(TargetType type, Reading reading, List<?> values)
      throws SQLException {
    return carry.carried(type, reading, values, "v::text").stream()
        .map(v -> RuledColumn.plain(new BigDecimal(String.valueOf(v))))
        .toList();
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

  @Example
  void refusesWhatTheRuleHasNoMeaningFor() {
    carry.refused(TargetType.BIGINT, Reading.of(Form.NUMBER), "12.5", "decimals");
    carry.refused(TargetType.BIGINT, Reading.of(Form.NUMBER), "9223372036854775808", "between");
    carry.refused(TargetType.SMALLINT, Reading.of(Form.NUMBER), 32_768L, "between");
    carry.refused(TargetType.INTEGER, Reading.of(Form.NUMBER), 1L << 31, "between");
    carry.refused(TargetType.REAL, Reading.of(Form.NUMBER), 0.1, "four bytes");
    carry.refused(TargetType.DOUBLE_PRECISION, Reading.of(Form.NUMBER), (1L << 53) + 1, "equal");
    carry.refused(TargetType.numeric(3, 1), Reading.of(Form.NUMBER), "100", "digits");
    carry.refused(TargetType.NUMERIC, Reading.of(Form.NUMBER), "1e999999999", "no number");
    carry.refused(TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), "maybe", "yes or no");
    carry.refused(TargetType.BOOLEAN, Reading.of(Form.BOOLEAN), 2L, "yes or no");
    carry.refused(TargetType.UUID, Reading.of(Form.UUID), new byte[15], "UUID");
    carry.refused(TargetType.UUID, Reading.of(Form.UUID), 5L, "UUID");
    carry.refused(TargetType.TEXT, Reading.of(Form.TEXT), new RawText(new byte[] {'a', 0}), "NUL");
    carry.refused(TargetType.varchar(2), Reading.of(Form.TEXT), "abc", "longer");
    carry.refused(TargetType.JSON, Reading.of(Form.JSON), "{", "not JSON");
    carry.refused(TargetType.JSONB, Reading.of(Form.JSON), "{\"a\":1,\"a\":2}", "twice");
    carry.refused(TargetType.JSONB, Reading.of(Form.JSON), "\"\\u0000\"", "u0000");
    carry.refused(TargetType.JSONB, Reading.of(Form.JSON), "[\"\\ud800\"]", "surrogate");
    carry.refused(TargetType.JSONB, Reading.of(Form.JSON), "1e400000", "number");
  }
}
