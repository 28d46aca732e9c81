package dev.outgrow.importer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

  @Property(tries = 5000)
  void agreesWithAStrictDecoderThatRefusesNul(@ForAll("bytes") byte[] bytes) {
    assertThat(Utf8.firstFault(bytes)).isEqualTo(oracle(bytes));
  }

  @Property(tries = 2000)
  void findsTheSameInAStreamHoweverItIsCut(@ForAll("bytes") byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] longer = new byte[(random.nextInt(8) == 0 ? (64 << 10) - 3 : 0) + bytes.length];
    Arrays.fill(longer, (byte) 'x');
    System.arraycopy(bytes, 0, longer, longer.length - bytes.length, bytes.length);

    try (CellStream stream = new Hesitant(CellStream.of(longer), random)) {
      assertThat(Utf8.firstFault(stream)).isEqualTo(Utf8.firstFault(longer));
    }
  }

  /** Reads as few bytes at a time as it likes. */
  private static final class Hesitant extends CellStream {
    private final CellStream stream;
    private final Random random;

    Hesitant(CellStream stream, Random random) {
      this.stream = stream;
      this.random = random;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int most = random.nextBoolean() ? length : 1 + random.nextInt(3);
      return stream.read(into, offset, Math.min(length, most));
    }
  }

  @Property
  void takesEveryTextWithoutNul(@ForAll("text") String text) {
    assertThat(Utf8.firstFault(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
  }

  @Property
  void findsOneWrongByteWhereverItStands(
      @ForAll @IntRange(max = 40) int before, @ForAll @IntRange(max = 40) int after) {
    for (int wrong : new int[] {0x00, 0x80, 0xBF, 0xC0, 0xC1, 0xF5, 0xFF}) {
      byte[] bytes = new byte[before + 1 + after];
      Arrays.fill(bytes, (byte) 'x');
      bytes[before] = (byte) wrong;

      assertThat(Utf8.firstFault(bytes)).isEqualTo(before);
    }
  }

  @Test
  void agreesOnEveryPairOfBytesAtEveryAlignment() {
    for (int pair = 0; pair <= 0xFFFF; pair++) {
      byte[] bytes = "abcdefghijklmnopqr".getBytes(StandardCharsets.US_ASCII);
      int at = pair % 9;
      bytes[at] = (byte) (pair >> 8);
      bytes[at + 1] = (byte) pair;
      if (Utf8.firstFault(bytes) != oracle(bytes)) {
        assertThat(Utf8.firstFault(bytes)).as("pair %04x at %d", pair, at).isEqualTo(oracle(bytes));
      }
    }
  }

  @Property(tries = 20000)
  void agreesOnSequencesOfThreeAndFourBytes(
      @ForAll @IntRange(min = 0xE0, max = 0xFF) int lead,
      @ForAll @IntRange(max = 0xFFFFFF) int rest,
      @ForAll @IntRange(max = 9) int at) {
    byte[] bytes = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    bytes[at] = (byte) lead;
    for (int i = 0; i < 3; i++) {
      int next = rest >> (8 * i);
      bytes[at + 1 + i] = (byte) (next % 3 == 0 ? next : 0x80 | (next & 0x3F));
    }

    assertThat(Utf8.firstFault(bytes)).isEqualTo(oracle(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "616200, 2",
    "00, 0",
    "c3a9, -1",
    "c3, 0",
    "e282ac, -1",
    "e282, 0",
    "61e2, 1",
    "f09f9880, -1",
    "f09f98, 0",
    "c080, 0",
    "c1bf, 0",
    "e08080, 0",
    "e09fbf, 0",
    "e0a080, -1",
    "f0808080, 0",
    "f08fbfbf, 0",
    "f0908080, -1",
    "ed9fbf, -1",
    "eda080, 0",
    "eda0bdedb880, 0",
    "edbfbf, 0",
    "ee8080, -1",
    "f48fbfbf, -1",
    "f4908080, 0",
    "f5808080, 0",
    "f8888080, 0",
    "fe, 0",
    "80, 0",
    "efbbbf, -1",
    "efbfbf, -1",
    "6162636465666768c3, 8",
    "616263646566676800, 8"
  })
  void saysWhereTheFirstFaultBegins(String hex, int fault) {
    assertThat(Utf8.firstFault(HexFormat.of().parseHex(hex))).isEqualTo(fault);
  }

  @Test
  void takesNoBytesForText() {
    assertThat(Utf8.firstFault(new byte[0])).isEqualTo(-1);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> ascii = Arbitraries.bytes().between((byte) 1, (byte) 0x7F);
    Arbitrary<Byte> any = Arbitraries.bytes();
    Arbitrary<Byte> telling =
        Arbitraries.of(0x00, 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xF0, 0xF4)
            .map(Integer::byteValue);
    Arbitrary<Byte> mixed =
        Arbitraries.frequencyOf(Tuple.of(6, ascii), Tuple.of(1, any), Tuple.of(2, telling));
    return Arbitraries.oneOf(
        mixed.array(byte[].class), text().map(s -> s.getBytes(StandardCharsets.UTF_8)));
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.integers()
        .between(1, 0x10FFFF)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .map(Character::toString)
        .list()
        .ofMaxSize(60)
        .map(characters -> String.join("", characters));
  }

  /** Java's own decoder stops before the first sequence it refuses. */
  private static int oracle(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(bytes.length + 1), true);
    int nul = 0;
    while (nul < in.position() && bytes[nul] != 0) {
      nul++;
    }
    return nul < in.position() ? nul : result.isError() ? in.position() : -1;
  }
}
