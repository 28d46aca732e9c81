package dev.outgrow.importer.reading;

import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Text made such that PostgreSQL takes it. */
final class GoodText {
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private GoodText() {}

  /** Returns the text mended as the reading says, or nothing where it may not be. */
  static Optional<byte[]> of(byte[] text, Reading reading) {
    int fault = Utf8.firstFault(text);
    if (fault < 0) {
      return Optional.of(text);
    }
    return switch (reading.badText()) {
      case REJECT -> Optional.empty();
      case REPLACE -> Optional.of(mended(text, fault, REPLACEMENT));
      case STRIP -> Optional.of(mended(text, fault, new byte[0]));
    };
  }

  private static byte[] mended(byte[] text, int firstFault, byte[] instead) {
    ByteArrayOutputStream mended = new ByteArrayOutputStream(text.length + instead.length);
    int from = 0;
    int fault = firstFault;
    while (fault >= 0) {
      mended.write(text, from, fault - from);
      mended.write(instead, 0, instead.length);
      from = fault + 1;
      fault = Utf8.firstFault(text, from);
    }
    mended.write(text, from, text.length - from);
    return mended.toByteArray();
  }

  static int characters(byte[] utf8) {
    int characters = 0;
    for (byte b : utf8) {
      characters += (b & 0xC0) == 0x80 ? 0 : 1;
    }
    return characters;
  }
}
