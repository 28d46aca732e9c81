package dev.outgrow.importer.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as what it says and not as it is written: names in order, numbers as numbers, texts with
 * their length.
 */
final class CanonicalJson {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_001)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private CanonicalJson() {}

  /** Hashes what a text says; one that is no JSON as it stands, which nothing equals. */
  static void put(byte[] json, RowHash hash) {
    byte[] canonical;
    try (JsonParser parser =
        FACTORY.createParser(
            new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        throw new IOException("No value");
      }
      canonical = value(parser).getBytes(StandardCharsets.UTF_8);
    } catch (IOException | NumberFormatException e) {
      canonical = json;
    }
    Canonical.bytes(canonical, 0, canonical.length, hash);
  }

  private static String value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> "t";
      case VALUE_FALSE -> "f";
      case VALUE_NULL -> "n";
      default -> throw new IOException("No value");
    };
  }

  private static String object(JsonParser parser) throws IOException {
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    StringBuilder all = new StringBuilder("{");
    members.forEach((name, value) -> all.append(text(name)).append(value));
    return all.append('}').toString();
  }

  private static String array(JsonParser parser) throws IOException {
    StringBuilder all = new StringBuilder("[");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      all.append(value(parser));
    }
    return all.append(']').toString();
  }

  private static String text(String text) {
    return text.length() + "\"" + text;
  }

  private static String number(String digits) {
    BigDecimal number = new BigDecimal(digits);
    return "#" + (number.signum() == 0 ? "0" : number.stripTrailingZeros().toString()) + ";";
  }
}
