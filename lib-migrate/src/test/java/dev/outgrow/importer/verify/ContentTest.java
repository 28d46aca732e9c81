package dev.outgrow.importer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Bytes in pieces are hashed as the same bytes at once. */
class ContentTest {
  private static List<Long> hashed(Consumer<RowHash> fill) {
    RowHash hash = new RowHash();
    hash.reset();
    fill.accept(hash);
    hash.finish();
    return List.of(hash.high(), hash.low());
  }

  @Test
  void howTheyAreCutDoesNotMatter() {
    Random random = new Random(7);
    Content content = new Content();
    for (int length : new int[] {0, 1, 7, 8, 9, 8191, 8192, 8193, 8200, 20_000, 100_003}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      List<Long> whole = hashed(h -> Canonical.bytes(bytes, 0, length, h));

      for (int most : new int[] {1, 3, 8, 13, 4096, 200_000}) {
        content.reset();
        for (int at = 0; at < length; ) {
          int part = Math.min(length - at, 1 + random.nextInt(most));
          content.add(bytes, at, part);
          at += part;
        }
        content.finish();

        assertThat(hashed(content::put)).as("%s bytes by %s", length, most).isEqualTo(whole);
        assertThat(content.length()).isEqualTo(length);
      }
    }
  }

  @Test
  void everyByteAndTheLengthCount() {
    byte[] bytes = new byte[10_001];
    List<Long> before = hashed(h -> Canonical.bytes(bytes, 0, bytes.length, h));

    for (int at : new int[] {0, 5_000, 10_000}) {
      bytes[at]++;
      assertThat(hashed(h -> Canonical.bytes(bytes, 0, bytes.length, h))).isNotEqualTo(before);
      bytes[at]--;
    }
    assertThat(hashed(h -> Canonical.bytes(bytes, 0, 10_000, h))).isNotEqualTo(before);
  }
}
