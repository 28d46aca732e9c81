package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.Reading;
import java.util.Optional;

/** The 16 bytes of a UUID, out of text or out of bytes in another order. */
final class UuidBytes {
  static final int LENGTH = 16;

  private static final int[] MIXED = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
  private static final int HYPHENATED = 36;
  private static final int BARE = 32;
  private static final int RADIX = 16;

  private UuidBytes() {}

  /** Reads 32 hexadecimal digits, with hyphens where they belong or with none, in any case. */
  static Optional<byte[]> ofText(byte[] text) {
    if (text.length != HYPHENATED && text.length != BARE) {
      return Optional.empty();
    }
    byte[] uuid = new byte[LENGTH];
    int digits = 0;
    for (int i = 0; i < text.length; i++) {
      boolean hyphen = text.length == HYPHENATED && (i == 8 || i == 13 || i == 18 || i == 23);
      int digit = text[i] < 0 ? -1 : Character.digit(text[i], RADIX);
      if (hyphen ? text[i] != '-' : digit < 0) {
        return Optional.empty();
      }
      if (!hyphen) {
        uuid[digits / 2] |= (byte) (digits % 2 == 0 ? digit << 4 : digit);
        digits++;
      }
    }
    return Optional.of(uuid);
  }

  static byte[] ofBlob(byte[] blob, Reading.Form form) {
    if (blob.length != LENGTH || form != Reading.Form.UUID_MIXED) {
      return blob;
    }
    byte[] uuid = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      uuid[i] = blob[MIXED[i]];
    }
    return uuid;
  }
}
