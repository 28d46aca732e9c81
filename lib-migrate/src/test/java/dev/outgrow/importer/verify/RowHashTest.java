package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;

class RowHashTest {

  @Property
  void isMurmurHash3OfTheWordsInLittleEndianOrder(@ForAll @Size(max = 40) List<Long> words) {
    RowHash hash = new RowHash();
    hash.reset();
    words.forEach(hash::put);
    hash.finish();

    assertThat(new long[] {hash.high(), hash.low()}).isEqualTo(reference(words));
  }

  @Property
  void padsBytesWithZerosToWholeWords(
      @ForAll @Size(max = 70) byte[] bytes,
      @ForAll @IntRange(max = 9) int before,
      @ForAll @IntRange(max = 9) int after) {
    byte[] within = new byte[before + bytes.length + after];
    Arrays.fill(within, (byte) 0x55);
    System.arraycopy(bytes, 0, within, before, bytes.length);
    RowHash hash = new RowHash();
    hash.reset();
    hash.put(within, before, bytes.length);
    hash.finish();

    byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    assertThat(new long[] {hash.high(), hash.low()})
        .isEqualTo(MurmurHash3.hash128x64(padded, 0, padded.length, 0));
  }

  @Property
  void forgetsEverythingWhenItIsReset(@ForAll List<Long> earlier, @ForAll List<Long> words) {
    RowHash hash = new RowHash();
    hash.reset();
    earlier.forEach(hash::put);
    hash.finish();
    hash.reset();
    words.forEach(hash::put);
    hash.finish();

    assertThat(new long[] {hash.high(), hash.low()}).isEqualTo(reference(words));
  }

  @Test
  void tellsANullAnEmptyTextAndInfinitiesApart() {
    assertThat(
            List.of(
                hash(h -> Canonical.absent(h)),
                hash(h -> Canonical.bytes(new byte[0], 0, 0, h)),
                hash(h -> Canonical.bytes(new byte[] {0}, 0, 1, h)),
                hash(h -> Canonical.infinity(true, h)),
                hash(h -> Canonical.infinity(false, h))))
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsWhereOneTextEndsAndTheNextBegins() {
    byte[] text = {'a', 'b', 'c'};

    assertThat(hash(h -> two(text, 1, h))).isNotEqualTo(hash(h -> two(text, 2, h)));
  }

  private static void two(byte[] text, int split, RowHash hash) {
    Canonical.bytes(text, 0, split, hash);
    Canonical.bytes(text, split, text.length - split, hash);
  }

  private interface Filling {
    void fill(RowHash hash);
  }

  private static List<Long> hash(Filling filling) {
    RowHash hash = new RowHash();
    hash.reset();
    filling.fill(hash);
    hash.finish();
    return List.of(hash.high(), hash.low());
  }

  private static long[] reference(List<Long> words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putLong);
    return MurmurHash3.hash128x64(bytes.array(), 0, bytes.capacity(), 0);
  }
}
