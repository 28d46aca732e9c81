package dev.outgrow.importer.sqlite;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UTF-16 in pieces turned into UTF-8 in pieces, wherever the pieces end: half a code unit, and the
 * first half of a pair, wait for what follows them.
 */
final class Utf16Pieces implements Pieces {
  private final Pieces utf16;
  private final boolean littleEndian;
  private byte[] waiting = {};
  private boolean ended;

  Utf16Pieces(Pieces utf16, boolean littleEndian) {
    this.utf16 = utf16;
    this.littleEndian = littleEndian;
  }

  @Override
  public byte @Nullable [] next() {
    if (ended) {
      return null;
    }
    byte[] piece = utf16.next();
    ended = piece == null;
    if (piece == null) {
      return waiting.length == 0 ? null : Utf16.toUtf8(waiting, littleEndian);
    }
    byte[] here = Arrays.copyOf(waiting, waiting.length + piece.length);
    System.arraycopy(piece, 0, here, waiting.length, piece.length);
    int end = whole(here);
    waiting = Arrays.copyOfRange(here, end, here.length);
    return Utf16.toUtf8(Arrays.copyOf(here, end), littleEndian);
  }

  /** Returns how many of these bytes can be turned without knowing what follows. */
  private int whole(byte[] bytes) {
    int even = bytes.length & ~1;
    if (even == 0) {
      return 0;
    }
    int last = bytes[littleEndian ? even - 1 : even - 2] & 0xFF;
    return last >= 0xD8 && last <= 0xDB ? even - 2 : even;
  }

  @Override
  public void close() {
    utf16.close();
  }
}
