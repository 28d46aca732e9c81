package dev.outgrow.importer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealTextTest {

  @Property(tries = 4000)
  void readsBackAsTheVerySameDouble(@ForAll("finite") double value) {
    assertThat(Double.doubleToRawLongBits(Double.parseDouble(RealText.of(value))))
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  @Property(tries = 4000)
  void isTheShortestDecimalAndOfTheShortestTheNearest(@ForAll("finite") double value) {
    if (value != 0) {
      BigDecimal exact = new BigDecimal(value);
      BigDecimal written = RealText.decimal(value);
      List<BigDecimal> shortest = shortest(exact, value);
      BigDecimal distance =
          shortest.stream()
              .map(d -> exact.subtract(d).abs())
              .min(BigDecimal::compareTo)
              .orElseThrow();
      assertThat(written.stripTrailingZeros().precision()).isEqualTo(shortest.get(0).precision());
      assertThat(exact.subtract(written).abs()).isEqualByComparingTo(distance);
    }
  }

  @Property(tries = 2000)
  void changesOnlyTheSignForTheOppositeNumber(@ForAll("finite") double value) {
    String positive = RealText.of(Math.abs(value));

    assertThat(RealText.of(-Math.abs(value))).isEqualTo("-" + positive);
  }

  @Property(tries = 2000)
  void isPlainFromOneTenThousandthToTenToTheSixteenth(@ForAll("finite") double value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= 1e-4 && size < 1e16);

    assertThat(RealText.of(value))
        .matches(plain ? "-?(0|[1-9][0-9]*)\\.[0-9]+" : "-?[1-9](\\.[0-9]*[1-9])?e[+-][0-9]{2,3}");
  }

  @ParameterizedTest
  @CsvSource({
    "1e16, 1e+16",
    "9999999999999998.0, 9999999999999998.0",
    "1e15, 1000000000000000.0",
    "1e-4, 0.0001",
    "1e-5, 1e-05",
    "123456789012345680.0, 1.2345678901234568e+17",
    "0.1, 0.1",
    "0.0, 0.0",
    "-0.0, -0.0",
    "100.0, 100.0",
    "1.5e300, 1.5e+300",
    "4.9e-324, 5e-324",
    "-1e-323, -1e-323",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "2.225073858507201E-308, 2.225073858507201e-308",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "9007199254740993.0, 9007199254740992.0",
    "9007199254740994.0, 9007199254740994.0",
    "2e23, 2e+23",
    "1e23, 1e+23",
    "5e-324, 5e-324",
    "1700000000.25, 1700000000.25",
    "562949953421312.25, 562949953421312.2",
    "562949953421312.75, 562949953421312.8",
    "-562949953421312.75, -562949953421312.8"
  })
  void writesWhatPythonWrites(double value, String expected) {
    assertThat(RealText.of(value)).isEqualTo(expected);
  }

  @Test
  void writesInfinitiesAsSqliteDoes() {
    assertThat(RealText.of(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    assertThat(RealText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void hasNoDecimalForWhatIsNotFinite(double value) {
    assertThatIllegalArgumentException().isThrownBy(() -> RealText.decimal(value));
  }

  @Provide
  Arbitrary<Double> finite() {
    Arbitrary<Double> anyBits =
        Arbitraries.longs()
            .withDistribution(RandomDistribution.uniform())
            .map(Double::longBitsToDouble)
            .filter(Double::isFinite);
    Arbitrary<Double> subnormal =
        Arbitraries.longs().between(1, (1L << 52) - 1).map(Double::longBitsToDouble);
    Arbitrary<Double> nearPowersOfTwo =
        Arbitraries.integers()
            .between(-1074, 1023)
            .flatMap(
                e -> Arbitraries.integers().between(-2, 2).map(n -> near(Math.scalb(1.0, e), n)));
    Arbitrary<Double> nearPowersOfTen =
        Arbitraries.integers()
            .between(-323, 308)
            .flatMap(e -> Arbitraries.integers().between(-3, 3).map(n -> near(power(e), n)));
    Arbitrary<Double> large = Arbitraries.longs().between(1L << 52, 1L << 62).map(l -> (double) l);
    Arbitrary<Double> fewDigits =
        Arbitraries.longs()
            .between(1, 99999)
            .flatMap(l -> Arbitraries.integers().between(-20, 20).map(e -> l * power(e)));
    Arbitrary<Double> halves = Arbitraries.longs().between(1L << 49, 1L << 53).map(l -> l / 8.0);
    Arbitrary<Double> ends =
        Arbitraries.of(0.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE);
    return Arbitraries.oneOf(
            anyBits, subnormal, nearPowersOfTwo, nearPowersOfTen, large, fewDigits, halves, ends)
        .flatMap(d -> Arbitraries.of(d, -d));
  }

  private static double power(int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  private static double near(double value, int steps) {
    double moved = value;
    for (int i = 0; i < Math.abs(steps); i++) {
      moved = steps < 0 ? Math.nextDown(moved) : Math.nextUp(moved);
    }
    return Double.isFinite(moved) ? moved : value;
  }

  /** Of each length, only the neighbours of the exact value can be the nearest that reads back. */
  private static List<BigDecimal> shortest(BigDecimal exact, double value) {
    for (int digits = 1; digits <= 17; digits++) {
      MathContext down = new MathContext(digits, RoundingMode.FLOOR);
      MathContext up = new MathContext(digits, RoundingMode.CEILING);
      List<BigDecimal> found =
          Stream.of(exact.round(down), exact.round(up))
              .filter(d -> d.doubleValue() == value)
              .map(BigDecimal::stripTrailingZeros)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new AssertionError("17 digits are always enough");
  }
}
