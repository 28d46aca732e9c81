package dev.outgrow.importer.postgres;

import static dev.outgrow.importer.fixture.ListedRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.fixture.ListedRows;
import dev.outgrow.importer.fixture.MappedTable;
import dev.outgrow.importer.fixture.TestDatabase;
import dev.outgrow.importer.mapping.TableMapping;
import dev.outgrow.importer.mapping.TargetType;
import dev.outgrow.importer.plan.Step;
import dev.outgrow.importer.source.RealText;
import dev.outgrow.importer.verify.TableVerdict;
import dev.outgrow.importer.verify.Verifier;
import dev.outgrow.sql.Dialect;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What goes in through COPY comes out through JDBC's getters, which are not ours. */
class LoaderRoundTripTest {
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
  void carriesEveryInteger(
      @ForAll("integers") List<Long> values, @ForAll @IntRange(min = 1, max = 16) int kib)
      throws SQLException {
    assertThat(carried(TargetType.BIGINT, values, kib, r -> r.getLong(2))).isEqualTo(values);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryRealBitForBit(
      @ForAll("reals") List<Double> values, @ForAll @IntRange(min = 1, max = 16) int kib)
      throws SQLException {
    List<Long> bits = carried(TargetType.DOUBLE_PRECISION, values, kib, r -> bits(r.getDouble(2)));

    assertThat(bits).isEqualTo(values.stream().map(LoaderRoundTripTest::bits).toList());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryTextWithoutNul(
      @ForAll("texts") List<String> values, @ForAll @IntRange(min = 1, max = 16) int kib)
      throws SQLException {
    assertThat(carried(TargetType.TEXT, values, kib, r -> r.getString(2))).isEqualTo(values);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesEveryBlob(
      @ForAll("blobs") List<byte[]> values, @ForAll @IntRange(min = 1, max = 16) int kib)
      throws SQLException {
    List<String> expected = values.stream().map(HexFormat.of()::formatHex).toList();

    assertThat(carried(TargetType.BYTEA, values, kib, LoaderRoundTripTest::hex))
        .isEqualTo(expected);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesIntegersAndRealsAsExactDecimals(
      @ForAll("numbers") List<Object> values, @ForAll @IntRange(min = 1, max = 16) int kib)
      throws SQLException {
    List<String> expected = values.stream().map(LoaderRoundTripTest::asNumeric).toList();

    assertThat(carried(TargetType.NUMERIC, values, kib, r -> canonical(r.getString(2))))
        .isEqualTo(expected);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesNumbersInTextAsTheirText(@ForAll("numbers") List<Object> values) throws SQLException {
    List<String> expected = values.stream().map(LoaderRoundTripTest::asText).toList();

    assertThat(carried(TargetType.TEXT, values, 4, r -> r.getString(2))).isEqualTo(expected);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void carriesNumbersAndTextInBytesAsTheBytesOfTheirText(
      @ForAll("numbers") List<Object> numbers, @ForAll("texts") List<String> texts)
      throws SQLException {
    List<Object> values = new ArrayList<>(numbers);
    values.addAll(texts);
    List<String> expected = values.stream().map(LoaderRoundTripTest::asText).toList();

    assertThat(
            carried(
                TargetType.BYTEA,
                values,
                4,
                r -> new String(r.getBytes(2), StandardCharsets.UTF_8)))
        .isEqualTo(expected);
  }

  @Example
  void carriesWhatIsLargerThanAChunk() throws SQLException {
    List<String> texts =
        List.of("é".repeat(100_000), "", "x".repeat(1023), "x".repeat(1024), "😀".repeat(65_536));
    List<byte[]> blobs = List.of(new byte[300_001], new byte[0], new byte[] {0, -1, 0});

    assertThat(carried(TargetType.TEXT, texts, 1, r -> r.getString(2))).isEqualTo(texts);
    assertThat(carried(TargetType.BYTEA, blobs, 1, LoaderRoundTripTest::hex))
        .isEqualTo(blobs.stream().map(HexFormat.of()::formatHex).toList());
  }

  @Example
  void carriesTheEndsOfEveryRange() throws SQLException {
    List<Object> values =
        List.of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0L,
            9999L,
            10000L,
            -10000L,
            100000000L,
            1e308,
            -1.7976931348623157e308,
            Double.MIN_VALUE,
            0.0001,
            0.00001,
            12345.6789,
            1e-10,
            -0.0,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);
    List<String> expected = values.stream().map(LoaderRoundTripTest::asNumeric).toList();

    assertThat(carried(TargetType.NUMERIC, values, 4, r -> canonical(r.getString(2))))
        .isEqualTo(expected);
  }

  @Example
  void carriesNullsOfEveryType() throws SQLException {
    for (TargetType.Base base : TargetType.Base.values()) {
      TargetType type = new TargetType(base, 0, 0);
      List<@Nullable Object> values = new ArrayList<>();
      values.add(null);
      values.add(null);

      assertThat(carried(type, values, 4, r -> r.getObject(2) == null)).containsExactly(true, true);
    }
  }

  @Example
  void carriesRowsOfAsManyColumnsAsPostgresHas() throws SQLException {
    int columns = 1600;
    MappedTable wide = MappedTable.named("wide");
    @Nullable Object[] cells = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      wide.column("c" + i, i % 4 == 0 ? TargetType.BIGINT : TargetType.TEXT);
      cells[i] = i % 4 == 0 ? Long.valueOf(i) : i % 4 == 1 ? "t" : null;
    }
    TableMapping table = wide.build();
    create(table);

    load(table, ListedRows.of(List.of(cells, cells)), new Buffers(4, 1024));

    assertThat(server.column("SELECT c1596 || c1597 FROM wide WHERE c1599 IS NULL"))
        .containsExactly("1596t", "1596t");
  }

  @Example
  void carriesATableWithoutRows() throws SQLException {
    assertThat(carried(TargetType.TEXT, List.of(), 4, r -> r.getString(2))).isEmpty();
  }

  private interface Getter<T> {
    T get(ResultSet rows) throws SQLException;
  }

  /** Loads the values into a fresh table, reads them with JDBC, and lets the verifier agree. */
  private static <T> List<T> carried(
      TargetType type, List<? extends @Nullable Object> values, int chunkKib, Getter<T> getter)
      throws SQLException {
    TableMapping table =
        MappedTable.named("carried")
            .column("id", TargetType.BIGINT)
            .column("v", type)
            .key("id")
            .build();
    create(table);
    List<@Nullable Object[]> rows = new ArrayList<>();
    values.forEach(v -> rows.add(row((long) rows.size(), v)));
    Loaded loaded = load(table, ListedRows.of(rows), new Buffers(4, chunkKib << 10));
    try (Connection connection = server.connection()) {
      TableVerdict verdict =
          new Verifier(connection, "public")
              .verify(table, loaded.digest(), () -> ListedRows.of(rows), done -> {});
      assertThat(verdict.verified()).as("%s", verdict).isTrue();
      return read(connection, getter);
    }
  }

  private static <T> List<T> read(Connection connection, Getter<T> getter) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, v FROM carried ORDER BY id")) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(getter.get(rows));
      }
      return read;
    }
  }

  private static void create(TableMapping table) throws SQLException {
    String name = Dialect.POSTGRESQL.quote(table.target());
    List<String> columns =
        table.columns().stream()
            .map(c -> Dialect.POSTGRESQL.quote(c.target()) + " " + c.type().sql())
            .toList();
    server.execute(
        "DROP TABLE IF EXISTS " + name,
        "CREATE TABLE " + name + " (" + String.join(", ", columns) + ")");
  }

  private static Loaded load(TableMapping table, ListedRows rows, Buffers buffers)
      throws SQLException {
    try (Connection connection = server.connection()) {
      Step.Load step =
          new Step.Load(
              table,
              "COPY " + Dialect.POSTGRESQL.quote(table.target()) + " FROM STDIN (FORMAT binary)");
      return new Loader(connection, buffers).load(step, rows, (done, bytes) -> {});
    }
  }

  private static String hex(ResultSet rows) throws SQLException {
    return HexFormat.of().formatHex(rows.getBytes(2));
  }

  private static String asText(Object value) {
    return value instanceof Double real ? RealText.of(real) : value.toString();
  }

  private static String asNumeric(Object value) {
    if (value instanceof Double real && Double.isInfinite(real)) {
      return real > 0 ? "Infinity" : "-Infinity";
    }
    BigDecimal decimal =
        value instanceof Double real
            ? new BigDecimal(RealText.of(real))
            : new BigDecimal((Long) value);
    return canonical(decimal.toPlainString());
  }

  private static String canonical(String numeric) {
    return numeric.endsWith("Infinity")
        ? numeric
        : new BigDecimal(numeric).stripTrailingZeros().toPlainString();
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Provide
  Arbitrary<List<Long>> integers() {
    return Arbitraries.oneOf(
            Arbitraries.longs(),
            Arbitraries.longs().withDistribution(RandomDistribution.uniform()),
            Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L))
        .list()
        .ofMaxSize(400);
  }

  @Provide
  Arbitrary<List<Double>> reals() {
    return real().list().ofMaxSize(400);
  }

  @Provide
  Arbitrary<List<Object>> numbers() {
    Arbitrary<Object> integer = Arbitraries.longs().map(l -> l);
    Arbitrary<Object> finiteOrInfinite = real().map(d -> d);
    return Arbitraries.oneOf(integer, finiteOrInfinite).list().ofMaxSize(100);
  }

  private static Arbitrary<Double> real() {
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .withDistribution(RandomDistribution.uniform())
            .map(Double::longBitsToDouble)
            .filter(d -> !Double.isNaN(d)),
        Arbitraries.longs().between(1, (1L << 52) - 1).map(Double::longBitsToDouble),
        Arbitraries.doubles(),
        Arbitraries.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE));
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.integers()
        .between(1, 0x10FFFF)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .map(Character::toString)
        .list()
        .ofMaxSize(20)
        .flatMap(
            characters ->
                Arbitraries.frequency(Tuple.of(8, 1), Tuple.of(1, 100), Tuple.of(1, 2000))
                    .map(times -> String.join("", characters).repeat(times)))
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<List<byte[]>> blobs() {
    return Arbitraries.oneOf(
            Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
            Arbitraries.integers().between(900, 70_000).map(LoaderRoundTripTest::pattern))
        .list()
        .ofMaxSize(20);
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + length);
    }
    return bytes;
  }
}
