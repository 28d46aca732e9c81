package dev.outgrow.query.page;

import dev.outgrow.error.ConfigurationException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a token writes the values that databases hand out: one byte for the type, then text. */
final class TokenValues {
  private static final int NULL = 0;
  private static final int BYTES = 1;
  private static final int FIRST_TEXT = 2;

  // The position is the type's byte: a new type goes to the end.
  private static final Map<Class<?>, Function<String, Object>> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put(String.class, text -> text);
    TEXTS.put(Long.class, Long::valueOf);
    TEXTS.put(Integer.class, Integer::valueOf);
    TEXTS.put(Short.class, Short::valueOf);
    TEXTS.put(Byte.class, Byte::valueOf);
    TEXTS.put(Double.class, Double::valueOf);
    TEXTS.put(Float.class, Float::valueOf);
    TEXTS.put(Boolean.class, Boolean::valueOf);
    TEXTS.put(BigDecimal.class, BigDecimal::new);
    TEXTS.put(BigInteger.class, BigInteger::new);
    TEXTS.put(Instant.class, Instant::parse);
    TEXTS.put(OffsetDateTime.class, OffsetDateTime::parse);
    TEXTS.put(LocalDateTime.class, LocalDateTime::parse);
    TEXTS.put(LocalDate.class, LocalDate::parse);
    TEXTS.put(LocalTime.class, LocalTime::parse);
    TEXTS.put(UUID.class, UUID::fromString);
  }

  private TokenValues() {}

  static void write(DataOutputStream out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof byte[] bytes) {
      out.writeByte(BYTES);
      writeBytes(out, bytes);
    } else {
      out.writeByte(FIRST_TEXT + index(value.getClass()));
      writeBytes(out, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  static @Nullable Object read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    if (type == NULL) {
      return null;
    }
    byte[] bytes = readBytes(in);
    if (type == BYTES) {
      return bytes;
    }
    Function<String, Object> reader =
        TEXTS.values().stream()
            .skip(type - FIRST_TEXT)
            .findFirst()
            .orElseThrow(() -> new IOException("type " + type));
    return reader.apply(new String(bytes, StandardCharsets.UTF_8));
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("length " + length);
    }
    return in.readNBytes(length);
  }

  private static int index(Class<?> type) {
    int index = 0;
    for (Class<?> known : TEXTS.keySet()) {
      if (known == type) {
        return index;
      }
      index++;
    }
    throw new ConfigurationException(
        "An ordering's field of type", type.getName(), "numbers, text, times, UUID and bytes");
  }
}
