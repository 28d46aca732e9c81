package dev.outgrow.importer.random;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a SQLite file holds in one place, as SQLite itself says it.
 *
 * @param kind {@code typeof} of it
 * @param integer an integer
 * @param real a real number
 * @param hex the bytes of a blob, or of a text in UTF-8, where what is wrong with it stays wrong
 * @param text a text, if PostgreSQL can hold it
 */
record Cell(String kind, long integer, double real, String hex, @Nullable String text) {

  /** Reads the four columns that {@link #columns} asked for. */
  static Cell read(ResultSet row, int at, Charset encoding) throws SQLException {
    String kind = row.getString(at);
    byte[] bytes = row.getBytes(at + 3);
    byte[] stored = bytes == null ? new byte[0] : bytes;
    byte[] utf8 = kind.equals("text") ? utf8(stored, encoding) : stored;
    return new Cell(
        kind,
        row.getLong(at + 1),
        row.getDouble(at + 2),
        HexFormat.of().formatHex(utf8),
        kind.equals("text") ? valid(utf8) : null);
  }

  /** Returns what to select of a column, which is quoted. */
  static String columns(String column) {
    return "typeof(%s), iif(typeof(%s) = 'integer', %s, 0), iif(typeof(%s) = 'real', %s, 0.0), CAST(%s AS BLOB)"
        .replace("%s", column);
  }

  private static byte[] utf8(byte[] stored, Charset encoding) {
    if (encoding.equals(StandardCharsets.UTF_8)) {
      return stored;
    }
    boolean little = encoding.equals(StandardCharsets.UTF_16LE);
    char[] units = new char[stored.length / 2];
    for (int i = 0; i < units.length; i++) {
      int first = stored[2 * i] & 0xFF;
      int second = stored[2 * i + 1] & 0xFF;
      units[i] = (char) (little ? second * 256 + first : first * 256 + second);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < units.length; ) {
      int character = Character.codePointAt(units, i);
      i += Character.charCount(character);
      if (character >= 0xD800 && character < 0xE000) { // half of one
        bytes.write(0xED);
        bytes.write(0x80 + (character / 64) % 64);
        bytes.write(0x80 + character % 64);
      } else {
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
      }
    }
    if (stored.length % 2 == 1) {
      bytes.write(0xFF);
    }
    return bytes.toByteArray();
  }

  private static @Nullable String valid(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
