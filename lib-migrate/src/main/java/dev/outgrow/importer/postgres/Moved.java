package dev.outgrow.importer.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a swap has moved, as the journal keeps it for who wants it back.
 *
 * <p><em>Immutable.</em>
 *
 * @param made whether there was no target schema
 * @param before the schema that keeps what the target held; empty if it held nothing
 * @param tables the tables that rows were brought into, where these were there already
 * @param loosened their foreign keys that were valid before and are not any more: schema, table and
 *     name of each
 * @param appended whether rows were added to those that the tables held
 * @since 0.1
 */
public record Moved(
    boolean made, String before, List<String> tables, List<String> loosened, boolean appended) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Copies the lists. */
  public Moved {
    tables = List.copyOf(tables);
    loosened = List.copyOf(loosened);
  }

  /** Returns what rows that were added have changed: some may have former versions in a schema. */
  static Moved appended(String former, List<String> tables) {
    return new Moved(false, former, tables, List.of(), true);
  }

  /** Returns it as JSON. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeBooleanField("made", made);
      json.writeStringField("before", before);
      write(json, "tables", tables);
      write(json, "loosened", loosened);
      json.writeBooleanField("appended", appended);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Reads what {@link #json} has written. */
  static Moved of(String text) {
    boolean made = false;
    boolean appended = false;
    String before = "";
    List<String> tables = List.of();
    List<String> loosened = List.of();
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (field) {
          case "made" -> made = value == JsonToken.VALUE_TRUE;
          case "before" -> before = json.getText();
          case "tables" -> tables = read(json);
          case "loosened" -> loosened = read(json);
          case "appended" -> appended = value == JsonToken.VALUE_TRUE;
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Moved(made, before, tables, loosened, appended);
  }

  private static void write(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static List<String> read(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }
}
