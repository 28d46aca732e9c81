package dev.outgrow.importer.verify;

import dev.outgrow.importer.source.Reading;
import dev.outgrow.importer.source.SourceRow;
import dev.outgrow.importer.source.StorageClass;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts and UUIDs as verification reads them, by the JDK's own decoder. */
final class RuledText {
  private static final String REPLACEMENT = "\uFFFD";

  private RuledText() {}

  /** Returns the text with what PostgreSQL cannot hold replaced or dropped. */
  static byte[] mended(byte[] stored, Reading reading) {
    if (reading.badText() == Reading.BadText.REJECT) {
      return stored;
    }
    String instead = reading.badText() == Reading.BadText.REPLACE ? REPLACEMENT : "";
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // stops at what is malformed
    ByteBuffer from = ByteBuffer.wrap(stored);
    CharBuffer to = CharBuffer.allocate(stored.length * Math.max(1, instead.length()) + 1);
    for (CoderResult result = decoder.decode(from, to, true);
        result.isError();
        result = decoder.decode(from, to, true)) {
      to.put(instead.repeat(result.length()));
      from.position(from.position() + result.length());
      decoder.reset();
    }
    String text = to.flip().toString();
    return text.replace("\0", instead).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the 16 bytes of a UUID; of anything else the bytes as they are. */
  static byte[] uuid(SourceRow row, int column, Reading reading) {
    if (row.storageClass(column) == StorageClass.BLOB) {
      byte[] blob = row.bytes(column);
      return reading.form() == Reading.Form.UUID_MIXED && blob.length == 16 ? turned(blob) : blob;
    }
    if (row.storageClass(column) != StorageClass.TEXT) {
      return new byte[0];
    }
    String digits = new String(row.bytes(column), StandardCharsets.ISO_8859_1).replace("-", "");
    return digits.length() == 32 ? hexadecimal(digits) : row.bytes(column);
  }

  private static byte[] hexadecimal(String digits) {
    try {
      String padded = HexFormat.of().formatHex(new BigInteger("1" + digits, 16).toByteArray());
      return HexFormat.of().parseHex(padded.substring(padded.length() - 32));
    } catch (NumberFormatException e) {
      return digits.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] turned(byte[] blob) {
    ByteBuffer little = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer big = ByteBuffer.allocate(16);
    big.putInt(little.getInt()).putShort(little.getShort()).putShort(little.getShort());
    return big.put(blob, 8, 8).array();
  }
}
