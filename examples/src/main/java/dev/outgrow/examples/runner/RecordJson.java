package dev.outgrow.examples.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.error.OutgrowException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as JSON: each record an object with its components' names, in their order. A
 * duration is a number of milliseconds and says so in its name, a failure is its message, and what
 * is empty is null.
 */
final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RecordJson() {}

  static String of(Record whole) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      write(json, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Record whole) {
      object(json, whole);
    } else if (value instanceof Optional<?> perhaps) {
      write(json, perhaps.orElse(null));
    } else if (value instanceof Collection<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<String, Object> entry : sorted(map).entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      single(json, value);
    }
  }

  private static void object(JsonGenerator json, Record whole) throws IOException {
    json.writeStartObject();
    for (RecordComponent component : whole.getClass().getRecordComponents()) {
      Object value = valueOf(whole, component);
      boolean time = value instanceof Duration;
      json.writeFieldName(component.getName() + (time ? "Millis" : ""));
      write(json, value);
    }
    json.writeEndObject();
  }

  private static void single(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Enum<?> word) {
      json.writeString(word.name().toLowerCase(Locale.ROOT));
    } else if (value instanceof Duration time) {
      json.writeNumber(time.toMillis());
    } else if (value instanceof Path || value instanceof Instant) {
      json.writeString(value.toString());
    } else if (value instanceof OutgrowException failure) {
      json.writeString(failure.getMessage());
    } else {
      json.writePOJO(value); // a text, a number, a truth or null
    }
  }

  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }

  private static @Nullable Object valueOf(Record whole, RecordComponent component) {
    try {
      return component.getAccessor().invoke(whole);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " of a public record cannot be read", e);
    }
  }
}
