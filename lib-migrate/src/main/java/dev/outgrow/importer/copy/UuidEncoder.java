package dev.outgrow.importer.copy;

import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.UuidText;

/** {@code uuid}: its 16 bytes, which text writes in hexadecimal. */
final class UuidEncoder implements ValueEncoder {
  private static final int BYTES = 16;
  private static final int RADIX = 16;

  private final Place place;

  UuidEncoder(Place place) {
    this.place = place;
  }

  @Override
  public void encode(SourceRow row, int column, CopyWriter out) {
    switch (row.storageClass(column)) {
      case BLOB -> out.field(stored(row, row.bytes(column)));
      case TEXT -> out.field(read(row, row.bytes(column)));
      default -> throw place.unexpected(row, column, "uuid");
    }
  }

  private byte[] stored(SourceRow row, byte[] bytes) {
    if (bytes.length != BYTES) {
      throw place.unexpectedValue(row, bytes.length + " bytes", "uuid");
    }
    return bytes;
  }

  private byte[] read(SourceRow row, byte[] text) {
    if (UuidText.letters(text) == UuidText.Letters.WRONG) {
      throw place.unexpectedValue(row, "another text", "uuid");
    }
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
