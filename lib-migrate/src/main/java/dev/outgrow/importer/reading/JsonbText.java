package dev.outgrow.importer.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says why JSON would lose something as {@code jsonb}, or be refused: that keeps one of several
 * equal names, no NUL, no half of a surrogate pair, and numbers as {@code numeric}. Blanks, the
 * order of names and the notation of numbers are not counted as something.
 */
final class JsonbText {
  private static final int MOST_BYTES = 0x0FFF_FFFF;
  private static final int MOST_DIGITS_BEFORE_POINT = 100_000;
  private static final int MOST_DECIMALS = 16_000;
  private static final int MOST_NUMBER_CHARACTERS = 100_000;
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10_000)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonbText() {}

  /** Returns what is in the way, as a phrase that goes on after "its JSON", or null. */
  static @Nullable String obstacle(byte[] json) {
    if (json.length > MOST_BYTES) {
      return "is larger than 256 MiB";
    }
    try (JsonParser parser = FACTORY.createParser(reader(json))) {
      return obstacle(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON that was read before", e);
    }
  }

  private static InputStreamReader reader(byte[] json) {
    return new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
  }

  private static @Nullable String obstacle(JsonParser parser) throws IOException {
    Deque<Set<String>> names = new ArrayDeque<>();
    String obstacle = null;
    for (JsonToken token = parser.nextToken();
        token != null && obstacle == null;
        token = parser.nextToken()) {
      switch (token) {
        case START_OBJECT -> names.push(new HashSet<>());
        case END_OBJECT -> names.pop();
        case FIELD_NAME -> obstacle = name(parser.currentName(), names.getFirst());
        case VALUE_STRING -> obstacle = text(parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> obstacle = number(parser.getText());
        default -> {}
      }
    }
    return obstacle;
  }

  private static @Nullable String name(String name, Set<String> before) {
    return before.add(name) ? text(name) : "has a name twice, of which jsonb keeps one";
  }

  private static @Nullable String text(String text) {
    if (text.indexOf('\0') >= 0) {
      return "has \\u0000 in it, which jsonb cannot hold";
    }
    boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    return whole ? null : "has half a surrogate pair in it, which jsonb cannot hold";
  }

  private static @Nullable String number(String text) {
    String refusal = "has a number that numeric cannot hold";
    if (text.length() > MOST_NUMBER_CHARACTERS) {
      return refusal;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      long before = (long) number.precision() - number.scale();
      boolean fits = before <= MOST_DIGITS_BEFORE_POINT && number.scale() <= MOST_DECIMALS;
      return fits ? null : refusal;
    } catch (NumberFormatException e) {
      return refusal; // an exponent beyond 32 bits
    }
  }
}
