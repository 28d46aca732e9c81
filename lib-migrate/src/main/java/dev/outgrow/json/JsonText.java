package dev.outgrow.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * JSON objects as text, indented, with a line's end behind the last brace.
 *
 * <p><em>Thread-safe.</em>
 *
 * @since 0.1
 */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /**
   * Writes the fields of an object. <em>Not thread-safe.</em>
   *
   * @since 0.1
   */
  @FunctionalInterface
  public interface Content {
    /** Writes them. */
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Writes the fields of one object of a list. <em>Not thread-safe.</em>
   *
   * @param <T> what it is made of
   * @since 0.1
   */
  @FunctionalInterface
  public interface Item<T> {
    /** Writes them. */
    void write(JsonGenerator json, T item) throws IOException;
  }

  /** Returns one object. */
  public static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.append('\n').toString();
  }

  /** Writes a field that is a list of objects. */
  public static <T> void array(JsonGenerator json, String name, List<T> items, Item<T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T item : items) {
      json.writeStartObject();
      writer.write(json, item);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes a field that is a list of texts. */
  public static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
