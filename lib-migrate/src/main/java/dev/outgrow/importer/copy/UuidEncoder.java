package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import dev.outgrow.importer.source.UuidText;

/** {@code uuid}: its 16 bytes, in the order in which the text has them in hexadecimal. */
final class UuidEncoder implements ValueEncoder {
  private static final int BYTES = 16;
  private static final int RADIX = 16;

  private final Place place;

  UuidEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    StorageClass held = row.storageClass(column);
    if (held == StorageClass.BLOB && row.bytes(column).length == BYTES) {
      out.field(row.bytes(column));
      return;
    }
    if (held != StorageClass.TEXT) {
      throw place.unexpected(row, column, "uuid");
    }
    byte[] text = row.bytes(column);
    if (!UuidText.isUuid(text)) {
      throw place.unexpectedValue(row, "another text", "uuid");
    }
    out.field(read(text));
  }

  private static byte[] read(byte[] text) {
    byte[] uuid = new byte[BYTES];
    int nibbles = 0;
    for (byte b : text) {
      if (b != '-') {
        int shift = nibbles % 2 == 0 ? 4 : 0;
        uuid[nibbles++ / 2] |= (byte) (Character.digit(b, RADIX) << shift);
      }
    }
    return uuid;
  }
}
