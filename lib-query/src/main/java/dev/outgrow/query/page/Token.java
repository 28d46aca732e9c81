package dev.outgrow.query.page;

import dev.outgrow.query.page.TokenException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A position as text that can go to a client and come back: version, key's name, what it is bound
 * to, side, values, signature.
 */
final class Token {
  private static final int VERSION = 1;
  private static final int SIGNATURE_BYTES = 32;
  private static final int BINDING_BYTES = 32;

  private Token() {}

  static String write(TokenKeys keys, byte[] binding, Position position) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      byte[] name = keys.signing().getBytes(StandardCharsets.US_ASCII);
      out.writeByte(name.length);
      out.write(name);
      out.write(binding);
      out.writeByte(position.side().code());
      out.writeByte(position.values().size());
      for (Object value : position.values()) {
        TokenValues.write(out, value);
      }
      byte[] signature = keys.sign(keys.signing(), bytes.toByteArray(), bytes.size());
      out.write(Objects.requireNonNull(signature));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory cannot fail", impossible);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  static Position read(TokenKeys keys, byte[] binding, String token) {
    byte[] bytes = decode(token);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      require(in.readUnsignedByte() == VERSION, Reason.VERSION);
      String name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
      requireSigned(keys, name, bytes);
      require(MessageDigest.isEqual(in.readNBytes(BINDING_BYTES), binding), Reason.BINDING);
      return position(in);
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      throw new TokenException(Reason.MALFORMED);
    }
  }

  private static Position position(DataInputStream in) throws IOException {
    Position.Side side =
        Position.Side.of(in.readUnsignedByte())
            .orElseThrow(() -> new TokenException(Reason.MALFORMED));
    List<@Nullable Object> values = new ArrayList<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      values.add(TokenValues.read(in));
    }
    require(in.available() == SIGNATURE_BYTES, Reason.MALFORMED);
    return new Position(side, values);
  }

  private static void requireSigned(TokenKeys keys, String name, byte[] bytes) {
    int length = bytes.length - SIGNATURE_BYTES;
    require(length > 0, Reason.MALFORMED);
    byte[] expected = keys.sign(name, bytes, length);
    if (expected == null) {
      throw new TokenException(Reason.KEY);
    }
    byte[] given = Arrays.copyOfRange(bytes, length, bytes.length);
    require(MessageDigest.isEqual(expected, given), Reason.SIGNATURE);
  }

  /** One text for one token: Java's decoder lets stray bits at the end pass. */
  private static byte[] decode(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      boolean same = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(token);
      require(same && bytes.length > SIGNATURE_BYTES, Reason.MALFORMED);
      return bytes;
    } catch (IllegalArgumentException noBase64) {
      throw new TokenException(Reason.MALFORMED);
    }
  }

  private static void require(boolean holds, Reason reason) {
    if (!holds) {
      throw new TokenException(reason);
    }
  }
}
