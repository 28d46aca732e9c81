package dev.outgrow.examples.runner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.outgrow.schema.comparison.Side;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a schema as JSON: each record an object with its components' names, in their order. */
final class SchemaJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private SchemaJson() {}

  static String of(Side side) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("backend", side.dialect().name().toLowerCase(Locale.ROOT));
      json.writeFieldName("schema");
      write(json, side.schema());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Record whole) {
      json.writeStartObject();
      for (RecordComponent component : whole.getClass().getRecordComponents()) {
        json.writeFieldName(component.getName());
        write(json, valueOf(whole, component));
      }
      json.writeEndObject();
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
    } else if (value instanceof Enum<?> word) {
      json.writeString(word.name().toLowerCase(Locale.ROOT));
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
