package dev.outgrow.database;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The percent escapes of a URL, in UTF-8. A plus is a plus: it means a space only in forms that a
 * browser sends.
 */
final class Percent {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Percent() {}

  /**
   * Returns the text behind the escapes.
   *
   * @param part what the text is, for the refusal; the text itself may be a secret
   */
  static String decode(String text, String part) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      if (i + 2 >= raw.length || digit(raw[i + 1]) < 0 || digit(raw[i + 2]) < 0) {
        throw UrlRefusal.hidden(
            part, "percent escapes of two hexadecimal digits, and % itself as %25");
      }
      bytes.write(digit(raw[i + 1]) << 4 | digit(raw[i + 2]));
      i += 2;
    }
    return text(bytes.toByteArray(), part);
  }

  /** Returns a text with everything escaped that could mean something in a URL. */
  static String encode(String text) {
    return encode(text, UNRESERVED);
  }

  /** Returns a path with its slashes and colons kept and everything else escaped. */
  static String encodePath(String path) {
    return encode(path, UNRESERVED + "/:");
  }

  private static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each > 0 && kept.indexOf(each) >= 0) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HEX.charAt(each >> 4 & 15)).append(HEX.charAt(each & 15));
      }
    }
    return encoded.toString();
  }

  private static String text(byte[] bytes, String part) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw UrlRefusal.hidden(part, "percent escapes of UTF-8");
    }
    if (text.indexOf('\0') >= 0) {
      throw UrlRefusal.hidden(part, "any text without the character NUL");
    }
    return text;
  }

  private static int digit(byte hex) {
    return Character.digit(hex, 16);
  }
}
