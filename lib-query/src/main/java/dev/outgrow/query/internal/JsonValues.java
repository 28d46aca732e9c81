package dev.outgrow.query.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of rows as JSON: numbers as numbers, truth as truth, bytes in base64, everything
 * else as its text. What JSON has no number for, not a number and the infinities, is text too.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class JsonValues {
  private JsonValues() {}

  /** Writes one value. */
  public static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof byte[] bytes) {
      json.writeBinary(bytes);
    } else if (value instanceof Number number) {
      writeNumber(json, number);
    } else {
      json.writeString(value.toString());
    }
  }

  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      writeFraction(json, number);
    } else if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else {
      json.writeNumber(number.longValue());
    }
  }

  /** A float is not widened: 0.1f is 0.1 and not 0.10000000149011612. */
  private static void writeFraction(JsonGenerator json, Number number) throws IOException {
    if (Double.isFinite(number.doubleValue())) {
      json.writeNumber(new BigDecimal(number.toString()));
    } else {
      json.writeString(number.toString());
    }
  }
}
