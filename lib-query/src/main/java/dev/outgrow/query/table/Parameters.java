package dev.outgrow.query.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's parameters by their bracketed names. JSON is brought into the same form, so that one
 * reader judges both.
 */
final class Parameters {
  private static final int MOST = 5_000;
  private static final int LONGEST_VALUE = 10_000;
  private static final Set<String> PROTOCOL =
      Set.of(
          "draw", "start", "length", "search", "order", "columns", "searchPanes", "searchBuilder");
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(10)
                  .maxStringLength(LONGEST_VALUE)
                  .maxNumberLength(20)
                  .maxNameLength(200)
                  .build())
          .build();

  private final Map<String, String> values = new LinkedHashMap<>();

  private Parameters() {}

  static Parameters of(Map<String, String[]> parameters) {
    Parameters read = new Parameters();
    parameters.forEach(
        (name, values) -> {
          if (PROTOCOL.contains(head(name))) {
            read.put(name, single(name, values));
          }
        });
    return read;
  }

  static Parameters ofJson(String json) {
    Parameters read = new Parameters();
    try (JsonParser parser = JSON.createParser(json)) {
      requireJson(parser.nextToken() == JsonToken.START_OBJECT);
      read.object(parser, "");
      requireJson(parser.nextToken() == null);
      return read;
    } catch (IOException malformed) {
      throw noJson();
    }
  }

  /** Takes a value out. */
  @Nullable String take(String name) {
    return values.remove(name);
  }

  /** Returns whether something of this name, or beneath it, is left. */
  boolean has(String prefix) {
    return values.keySet().stream()
        .anyMatch(name -> name.equals(prefix) || name.startsWith(prefix + "["));
  }

  /** Refuses what nobody took. */
  void requireAllTaken() {
    for (String left : values.keySet()) {
      throw new TableRequestException(
          left,
          "is not part of the protocol as it is understood here",
          "Send DataTables' own parameters; extensions that filter are not supported.");
    }
  }

  private void object(JsonParser parser, String path) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!path.isEmpty() || PROTOCOL.contains(name)) {
        value(parser, path.isEmpty() ? name : path + "[" + name + "]");
      } else {
        parser.skipChildren();
      }
    }
  }

  private void array(JsonParser parser, String path) throws IOException {
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      value(parser, path + "[" + i + "]");
    }
  }

  private void value(JsonParser parser, String path) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path);
      case START_ARRAY -> array(parser, path);
      case VALUE_NULL -> put(path, "");
      default -> put(path, parser.getText());
    }
  }

  private void put(String name, String value) {
    values.put(name, value);
    if (values.size() > MOST || value.length() > LONGEST_VALUE) {
      throw new TableRequestException(
          name,
          "is one too many, or too long",
          "Send at most " + MOST + " parameters of at most " + LONGEST_VALUE + " characters.");
    }
  }

  private static String head(String name) {
    int bracket = name.indexOf('[');
    return bracket < 0 ? name : name.substring(0, bracket);
  }

  private static String single(String name, String @Nullable [] values) {
    if (values == null || values.length != 1 || values[0] == null) {
      throw new TableRequestException(name, "must have one value", "Send it once.");
    }
    return values[0];
  }

  private static void requireJson(boolean holds) {
    if (!holds) {
      throw noJson();
    }
  }

  private static TableRequestException noJson() {
    return new TableRequestException("body", "is not a JSON object", "Send one JSON object.");
  }
}
