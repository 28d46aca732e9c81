package dev.outgrow.importer.sqlite;

/** How a database stores its text. SQLite hands out the bytes as they are stored. */
enum TextEncoding {
  UTF_8,
  UTF_16LE,
  UTF_16BE;

  /** Returns the encoding that {@code PRAGMA encoding} names. */
  static TextEncoding of(String pragma) {
    return switch (pragma) {
      case "UTF-16le" -> UTF_16LE;
      case "UTF-16be" -> UTF_16BE;
      default -> UTF_8;
    };
  }

  /** Returns stored text in UTF-8; what was not valid before is not valid afterwards. */
  byte[] toUtf8(byte[] stored) {
    return this == UTF_8 ? stored : Utf16.toUtf8(stored, this == UTF_16LE);
  }

  /** Returns the most bytes that this many stored ones can be in UTF-8. */
  long mostUtf8(long stored) {
    return this == UTF_8 ? stored : stored + stored / 2 + 1;
  }
}
