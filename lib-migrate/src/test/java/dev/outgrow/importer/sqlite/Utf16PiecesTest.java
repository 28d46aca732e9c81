package dev.outgrow.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.importer.source.CellStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** UTF-16 that comes in pieces becomes the same UTF-8 as at once, valid or not. */
class Utf16PiecesTest {
  private static final int[] UNITS = {
    'a', 0x7FF, 0x20AC, 0xD83D, 0xDE00, 0xD800, 0xDFFF, 0xFFFF, 0
  };

  private static byte[] inPieces(byte[] utf16, boolean littleEndian, Random random) {
    Deque<byte[]> pieces = new ArrayDeque<>();
    for (int at = 0; at < utf16.length; ) {
      int end = Math.min(utf16.length, at + 1 + random.nextInt(5));
      pieces.add(Arrays.copyOfRange(utf16, at, end));
      at = end;
    }
    Pieces source =
        new Pieces() {
          @Override
          public byte @Nullable [] next() {
            return pieces.poll();
          }

          @Override
          public void close() {}
        };
    try (CellStream stream = new PieceStream(new Utf16Pieces(source, littleEndian))) {
      return stream.readAllBytes();
    }
  }

  @Test
  void pairsLoneHalvesAndOddBytesStayWhatTheyAre() {
    Random random = new Random(16);
    for (int i = 0; i < 2_000; i++) {
      boolean littleEndian = random.nextBoolean();
      byte[] utf16 = new byte[random.nextInt(24)];
      for (int at = 0; at + 1 < utf16.length; at += 2) {
        int unit = UNITS[random.nextInt(UNITS.length)];
        utf16[littleEndian ? at : at + 1] = (byte) unit;
        utf16[littleEndian ? at + 1 : at] = (byte) (unit >> 8);
      }
      if (utf16.length % 2 == 1) {
        utf16[utf16.length - 1] = (byte) random.nextInt();
      }

      assertThat(inPieces(utf16, littleEndian, random))
          .isEqualTo(Utf16.toUtf8(utf16, littleEndian));
    }
  }
}
