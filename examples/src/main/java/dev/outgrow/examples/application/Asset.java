package dev.outgrow.examples.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file for browsers, out of the jars.
 *
 * @param type the content's type
 * @param content the bytes
 * @param tag what changes when they do
 */
record Asset(String type, ByteBuffer content, String tag) {
  private static final int TAG_CHARACTERS = 32;

  static Asset read(String resource, String type) {
    try (InputStream in = Asset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + resource + " is missing from the build");
      }
      byte[] content = in.readAllBytes();
      return new Asset(
          type, ByteBuffer.wrap(content).asReadOnlyBuffer(), '"' + hash(content) + '"');
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + resource + " cannot be read", e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, TAG_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
